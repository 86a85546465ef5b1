using BenchmarkDotNet.Running;
using Fib.Bench.Engine;
using Fib.Bench.Page;
using Fib.Bench.Web;

// engine, web and page have runners of their own, which report ratios to a baseline of the same session. BenchmarkDotNet gets the rest.
if (args is ["engine", .. var engine])
    return EngineCommand.Run(engine);
if (args is ["web", .. var web])
    return await WebCommand.RunAsync(web);
if (args is ["page", .. var page])
    return await PageCommand.RunAsync(page);
BenchmarkSwitcher.FromAssembly(typeof(EngineCommand).Assembly).Run(args);
return 0;
