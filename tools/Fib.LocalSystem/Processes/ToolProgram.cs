using System.Runtime.InteropServices;

namespace Fib.LocalSystem.Processes;

/// <summary>Runs a command-line tool: a signal cancels it, and every failure is one line on standard error.</summary>
internal static class ToolProgram
{
    public const int Failed = 1;

    private const int WrongUsage = 2;

    /// <summary>128 and the number of SIGINT, as shells report it.</summary>
    private const int Interrupted = 130;

    /// <summary>If this variable is set, an unexpected failure also prints its stack trace.</summary>
    private const string TraceVariable = "FIB_TRACE";

    /// <summary>Runs a tool that starts processes. A signal, also a repeated one, lets its clean-up run to the end.</summary>
    /// <param name="run">The tool; returns the exit code.</param>
    /// <returns>The exit code; 2 for wrong usage, 130 for an interruption, <see cref="Failed"/> after another exception.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> run)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        return await RunAsync(async () =>
        {
            try
            {
                return await run(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return End(Interrupted, "interrupted; every process and container that it started has ended.");
            }
        });

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Runs a tool that starts no processes; a signal ends it at once.</summary>
    /// <param name="run">The tool; returns the exit code.</param>
    /// <returns>The exit code; 2 for wrong usage, <see cref="Failed"/> after another exception.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (WrongUsageException exception)
        {
            return End(WrongUsage, exception.Message);
        }
        catch (Exception exception) when (exception is CommandFailedException or TimeoutException or InvalidDataException)
        {
            return End(Failed, exception.Message);
        }
        catch (Exception exception)
        {
            var trace = Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 };
            var line = $"{exception.GetType().Name}: {exception.Message} ({TraceVariable}=1 shows where)";
            return End(Failed, trace ? exception.ToString() : line);
        }
    }

    private static int End(int exitCode, string message)
    {
        Console.Error.WriteLine($"fib: {message}");
        return exitCode;
    }
}

/// <summary>The command line is wrong; the message says what is wrong and what is right.</summary>
internal sealed class WrongUsageException(string message) : Exception(message);
