using Fib.LocalSystem.Processes;

namespace Fib.Bench.Web;

/// <summary>[--quick] [--seconds N] [--runs N] [--out FILE] [only NAME...]. With <c>--quick</c> it measures for about a minute.</summary>
internal sealed class WebOptions
{
    public const string Memory = "memory", Growth = "growth", Reconnect = "reconnect";

    private const string Quick = "--quick";

    private readonly CommandOptions _options;
    private readonly bool _isQuick;
    private readonly IReadOnlyCollection<string> _only;

    /// <exception cref="WrongUsageException">An option or a workload is unknown.</exception>
    public WebOptions(IReadOnlyList<string> args)
    {
        _isQuick = args.Contains(Quick);
        _options = new CommandOptions(args.Where(word => word != Quick), "--seconds", "--runs");
        IReadOnlyCollection<string> all = [.. Workload.All.Select(workload => workload.Name), Memory, Growth, Reconnect];
        _only = _options.Words switch
        {
            [] => _isQuick ? [.. Workload.Quick] : all,
            ["only", .. { Length: > 0 } names] => names,
            _ => throw new WrongUsageException("Workloads are selected by only NAME..."),
        };
        if (_only.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
            throw new WrongUsageException($"'{unknown}' is not a workload; the workloads are {string.Join(", ", all)}.");
    }

    public TimeSpan WarmUp => TimeSpan.FromSeconds(DefaultSeconds);

    public TimeSpan Duration => _options.Seconds(DefaultSeconds);

    public int Runs => _options.Number("--runs", _isQuick ? 1 : 3);

    /// <summary>Whether a workload is measured.</summary>
    public bool Includes(string workload) => _only.Contains(workload);

    public Task WriteAsync(string report) => _options.WriteAsync(report);

    private int DefaultSeconds => _isQuick ? 2 : 10;
}
