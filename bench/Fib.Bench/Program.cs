using BenchmarkDotNet.Running;
using Fib.Bench.Engine;

// engine ...: our own runner, ratios to GMP in one process; anything else goes to BenchmarkDotNet.
if (args is ["engine", .. var rest])
    return EngineCommand.Run(rest);
BenchmarkSwitcher.FromAssembly(typeof(EngineCommand).Assembly).Run(args);
return 0;
