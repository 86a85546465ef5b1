namespace Aspire.Hosting;

/// <summary>Lets a failure that its message explains end the process with that line and code 1, without a stack trace.</summary>
internal static class OneLine
{
    private static int _installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 0)
            AppDomain.CurrentDomain.UnhandledException += (_, e) => Tell(e.ExceptionObject);
    }

    private static void Tell(object failure)
    {
        while (failure is AggregateException { InnerExceptions.Count: 1 } aggregate)
            failure = aggregate.InnerException!;
        if (failure is not DistributedApplicationException explained)
            return;
        Console.Error.WriteLine(explained.Message);
        Environment.Exit(1);
    }
}
