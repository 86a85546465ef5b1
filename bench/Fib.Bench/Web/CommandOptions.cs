using System.Globalization;

namespace Fib.Bench.Web;

/// <summary>The options of a benchmark, each with a value, and the words beside them.</summary>
internal sealed class CommandOptions
{
    private readonly Dictionary<string, string> _values = [];

    public CommandOptions(IEnumerable<string> args)
    {
        var words = args.ToList();
        while (words.FindIndex(word => word.StartsWith("--", StringComparison.Ordinal)) is >= 0 and var at)
        {
            _values[words[at]] = words[at + 1];
            words.RemoveRange(at, 2);
        }

        Words = [.. words];
    }

    public string[] Words { get; }

    public int Number(string name, int defaultValue) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : defaultValue;

    public TimeSpan Seconds(int defaultValue) => TimeSpan.FromSeconds(Number("--seconds", defaultValue));

    /// <summary>Prints a report, and writes it to the file of <c>--out</c>.</summary>
    public async Task WriteAsync(string report)
    {
        if (_values.GetValueOrDefault("--out") is { } file)
            await File.WriteAllTextAsync(file, report);
        Console.Out.Write(report);
    }
}
