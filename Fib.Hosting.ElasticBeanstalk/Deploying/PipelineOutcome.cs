using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>
/// Reports a failed pipeline if no CLI does: exit code 1 instead of Aspire's 0, and each error once, without stack traces.
/// </summary>
internal static class PipelineOutcome
{
    /// <summary>Log categories that repeat a failed step's message with stack traces.</summary>
    private static readonly string[] RepeatingCategories =
        ["Aspire.Hosting.Publishing.PipelineExecutor", "Microsoft.Extensions.Hosting.Internal.Host"];

    /// <summary>Whether a CLI runs the AppHost; it shows steps and errors itself.</summary>
    public static bool IsShownByCli(IDistributedApplicationBuilder builder) =>
        builder.Configuration["ASPIRE_BACKCHANNEL_PATH"] is { Length: > 0 };

    public static void Report(IDistributedApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ImplementationInstance is Marker))
            return;
        builder.Services.AddSingleton(new Marker());
        // The second event is raised only after every step has succeeded.
        builder.Eventing.Subscribe<BeforePublishEvent>((_, _) => SetExitCode(1));
        builder.Eventing.Subscribe<AfterPublishEvent>((_, _) => SetExitCode(0));
        if (!IsShownByCli(builder))
            builder.Services.AddLogging(ShowErrorsOnce);
    }

    private static Task SetExitCode(int exitCode)
    {
        Environment.ExitCode = exitCode;
        return Task.CompletedTask;
    }

    private static void ShowErrorsOnce(ILoggingBuilder logging)
    {
        foreach (var category in RepeatingCategories)
            logging.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(category, LogLevel.None);
        logging.AddProvider(new ErrorLoggerProvider(RepeatingCategories[0]));
    }

    private sealed record Marker;

    /// <summary>Writes the errors of one log category to standard error, each once and without its stack trace.</summary>
    private sealed class ErrorLoggerProvider(string category) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new ErrorLogger(categoryName == category);

        public void Dispose()
        {
        }
    }

    private sealed class ErrorLogger(bool isEnabled) : ILogger
    {
        private readonly HashSet<string> _written = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isEnabled && logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var message = Innermost(exception)?.Message ?? formatter(state, null);
            lock (_written)
            {
                if (_written.Add(message))
                    Console.Error.WriteLine(message);
            }
        }

        private static Exception? Innermost(Exception? exception)
        {
            while (exception?.InnerException is { } inner)
                exception = inner;
            return exception;
        }
    }
}
