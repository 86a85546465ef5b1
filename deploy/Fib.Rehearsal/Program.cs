using Fib.LocalSystem.Processes;
using Fib.Rehearsal;
using Fib.Rehearsal.Checks;

return await ToolProgram.RunAsync(async cancellationToken =>
{
    var arguments = RehearsalArguments.Read(args);
    if (arguments.OnlyMissingImages)
    {
        await Rehearsal.WriteMissingImagesAsync(arguments.Bundle, Console.Out, cancellationToken);
        return 0;
    }

    var table = new CheckTable(Console.Out);
    await new Rehearsal(arguments, table).RunAsync(cancellationToken);
    await table.WriteAsync();
    return table.AllPassed ? 0 : ToolProgram.Failed;
});
