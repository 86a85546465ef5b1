using System.Runtime.InteropServices;
using Fib.LocalSystem.Processes;
using Fib.Rehearsal;
using Fib.Rehearsal.Checks;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
var table = new CheckTable(Console.Out);
try
{
    var arguments = RehearsalArguments.Read(args);
    if (arguments.OnlyMissingImages)
    {
        await Rehearsal.WriteMissingImagesAsync(arguments.Bundle, Console.Out, stop.Token);
        return 0;
    }

    await new Rehearsal(arguments, table).RunAsync(stop.Token);
    await table.WriteAsync();
    return table.AllPassed ? 0 : 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped; all containers and stores of the rehearsal are removed.");
    return 130;
}
catch (Exception exception) when (exception is ArgumentException or InvalidDataException or CommandFailedException or TimeoutException)
{
    Console.Error.WriteLine($"rehearse: {exception.Message}");
    return 2;
}

// Every signal, also a repeated one, lets the clean-up run to its end.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
