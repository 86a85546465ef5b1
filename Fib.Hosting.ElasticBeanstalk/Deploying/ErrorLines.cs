using Microsoft.Extensions.Logging;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Writes the errors of one log category to standard error, each once and without its stack trace.</summary>
internal sealed class ErrorLines(string category) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Lines(categoryName == category);

    public void Dispose()
    {
    }

    private sealed class Lines(bool writes) : ILogger
    {
        private readonly HashSet<string> _written = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => writes && logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
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
