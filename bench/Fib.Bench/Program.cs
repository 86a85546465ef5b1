using BenchmarkDotNet.Running;
using Fib.Bench.Engine;
using Fib.Bench.Page;
using Fib.Bench.Scale;
using Fib.Bench.Web;

// engine, web, page and scale have runners of their own, which report ratios to a baseline of the same session. BenchmarkDotNet gets the rest.
if (args is ["engine", .. var engine])
    return EngineCommand.Run(engine);
if (args is ["web", .. var web])
    return await WebCommand.RunAsync(web);
if (args is ["page", .. var page])
    return await PageCommand.RunAsync(page);
if (args is ["scale", .. var scale])
    return await ScaleCommand.RunAsync(scale);
BenchmarkSwitcher.FromAssembly(typeof(EngineCommand).Assembly).Run(args);
return 0;
