namespace Fib.AppHost.Running;

/// <summary>Ends the program with one line where a setting is wrong or something is missing, instead of a stack trace.</summary>
internal static class OneLineErrors
{
    /// <summary>Exit code for a wrong setting: EX_CONFIG of sysexits.h.</summary>
    public const int WrongSetting = 78;

    private static int _isInstalled;

    /// <summary>Watches for exceptions that no code catches. A test's host catches them itself.</summary>
    public static void Install()
    {
        if (Interlocked.Exchange(ref _isInstalled, 1) == 0)
            AppDomain.CurrentDomain.UnhandledException += Write;
    }

    private static void Write(object sender, UnhandledExceptionEventArgs unhandled)
    {
        if (unhandled.ExceptionObject is not DistributedApplicationException exception)
            return;
        Console.Error.WriteLine($"fib: {exception.Message}");
        Environment.Exit(WrongSetting);
    }
}
