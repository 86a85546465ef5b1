using System.Runtime.InteropServices;
using Fib.Rehearsal;
using Fib.Rehearsal.Checks;
using Fib.Rehearsal.Platform;
using Fib.LocalSystem.Processes;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
var table = new CheckTable(Console.Out);
try
{
    var arguments = RehearsalArguments.Read(args);
    if (arguments.OnlyMissingImages)
        return await MissingImages.ListAsync(arguments.Bundle, stop.Token);
    await new Rehearsal(arguments, table).RunAsync(stop.Token);
    await table.WriteAsync();
    return table.AllPassed ? 0 : 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped; everything that was started is gone.");
    return 130;
}
catch (Exception wrong) when (wrong is ArgumentException or InvalidDataException or CommandFailedException or TimeoutException)
{
    Console.Error.WriteLine($"rehearse: {wrong.Message}");
    return 2;
}

// The second Ctrl-C finds nothing different: what was started is taken down first.
void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
