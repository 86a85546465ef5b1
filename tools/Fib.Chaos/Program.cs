using System.Runtime.InteropServices;
using Fib.Chaos;
using Fib.LocalSystem.Processes;

const int Failed = 1;
const int WrongUsage = 2;
const int Interrupted = 130;
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return await ChaosRun.RunAsync(ChaosArguments.Read(args), Console.Out, stop.Token) ? 0 : Failed;
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine($"fib: {exception.Message}");
    return WrongUsage;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("fib: interrupted; every started process has ended.");
    return Interrupted;
}
catch (Exception exception) when (exception is CommandFailedException or TimeoutException)
{
    Console.Error.WriteLine($"fib: {exception.Message}");
    return Failed;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
