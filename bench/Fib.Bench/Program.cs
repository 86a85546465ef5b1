using BenchmarkDotNet.Running;
using Fib.Bench.Engine;
using Fib.Bench.Page;

// engine ...: our own runner, ratios to GMP in one process; page ...: what the page costs; anything else goes to BenchmarkDotNet.
if (args is ["engine", .. var rest])
    return EngineCommand.Run(rest);
if (args is ["page", .. var page])
    return await PageCommand.RunAsync(page);
BenchmarkSwitcher.FromAssembly(typeof(EngineCommand).Assembly).Run(args);
return 0;
