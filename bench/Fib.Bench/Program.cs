using BenchmarkDotNet.Running;
using Fib.Bench.Engine;
using Fib.Bench.Page;
using Fib.Bench.Scale;
using Fib.Bench.Web;

// engine, web, page and scale have runners of their own, which report ratios to a baseline of the same session. BenchmarkDotNet gets the rest.
try
{
    switch (args)
    {
        case ["engine", .. var engine]: return await EngineCommand.RunAsync(engine);
        case ["web", .. var web]: return await WebCommand.RunAsync(web);
        case ["page", .. var page]: return await PageCommand.RunAsync(page);
        case ["scale", .. var scale]: return await ScaleCommand.RunAsync(scale);
        // Checks the options before the programs are published, which takes minutes.
        case ["check", "web", .. var options]: _ = new WebOptions(options); return 0;
        case ["check", "page", .. var options]: PageCommand.Options(options); return 0;
        case ["check", "scale", .. var options]: ScaleCommand.Options(options); return 0;
        default: BenchmarkSwitcher.FromAssembly(typeof(EngineCommand).Assembly).Run(args); return 0;
    }
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine($"fib: {exception.Message} Try ./fib help.");
    return 2;
}
