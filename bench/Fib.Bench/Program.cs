using BenchmarkDotNet.Running;
using Fib.Bench.Engine;
using Fib.Bench.Page;
using Fib.Bench.Scale;
using Fib.Bench.Web;
using Fib.LocalSystem.Processes;

// engine, web, page and scale have runners of their own, which report ratios to a baseline of the same session. BenchmarkDotNet gets the rest.
return args switch
{
    ["engine", .. var engine] => await ToolProgram.RunAsync(() => EngineCommand.RunAsync(engine)),
    ["web", .. var web] => await ToolProgram.RunAsync(token => WebCommand.RunAsync(web, token)),
    ["page", .. var page] => await ToolProgram.RunAsync(token => PageCommand.RunAsync(page, token)),
    ["scale", .. var scale] => await ToolProgram.RunAsync(token => ScaleCommand.RunAsync(scale, token)),
    // Checks the options before the programs are published, which takes minutes.
    ["check", "web", .. var options] => await ToolProgram.RunAsync(() => Accept(new WebOptions(options))),
    ["check", "page", .. var options] => await ToolProgram.RunAsync(() => Accept(PageCommand.Options(options))),
    ["check", "scale", .. var options] => await ToolProgram.RunAsync(() => Accept(ScaleCommand.Options(options))),
    _ => await ToolProgram.RunAsync(() => Accept(BenchmarkSwitcher.FromAssembly(typeof(EngineCommand).Assembly).Run(args))),
};

static Task<int> Accept(object _) => Task.FromResult(0);
