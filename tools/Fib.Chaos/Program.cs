using Fib.Chaos;
using Fib.LocalSystem.Processes;

return await ToolProgram.RunAsync(async cancellationToken =>
    await ChaosRun.RunAsync(ChaosArguments.Read(args), Console.Out, cancellationToken) ? 0 : ToolProgram.Failed);
