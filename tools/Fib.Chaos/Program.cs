using System.Runtime.InteropServices;
using Fib.Chaos;
using Fib.LocalSystem.Processes;

const int Unclean = 1;
const int WrongUsage = 2;
const int Interrupted = 130;
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    return await ChaosRun.RunAsync(ChaosArguments.Read(args), Console.Out, stop.Token) ? 0 : Unclean;
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"fib: {wrong.Message}");
    return WrongUsage;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("fib: stopped; everything that was started is gone.");
    return Interrupted;
}
catch (Exception failure) when (failure is CommandFailedException or TimeoutException)
{
    Console.Error.WriteLine($"fib: {failure.Message}");
    return Unclean;
}

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
