namespace Fib.AppHost.Running;

/// <summary>Ends the program with one line instead of a stack trace if a setting is invalid or a program is missing.</summary>
internal static class OneLineErrors
{
    /// <summary>The exit code for a configuration error: EX_CONFIG of sysexits.h.</summary>
    public const int ConfigurationError = 78;

    private static int _isInstalled;

    /// <summary>Handles unhandled exceptions. A test host catches exceptions itself.</summary>
    public static void Install()
    {
        if (Interlocked.Exchange(ref _isInstalled, 1) == 0)
            AppDomain.CurrentDomain.UnhandledException += Write;
    }

    private static void Write(object sender, UnhandledExceptionEventArgs eventArgs)
    {
        if (eventArgs.ExceptionObject is not DistributedApplicationException exception)
            return;
        Console.Error.WriteLine($"fib: {exception.Message}");
        Environment.Exit(ConfigurationError);
    }
}
