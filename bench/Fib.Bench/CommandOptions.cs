using System.Globalization;

namespace Fib.Bench;

/// <summary>The options of a benchmark, each with a value, and the words beside them.</summary>
internal sealed class CommandOptions
{
    private const string Out = "--out";

    private readonly Dictionary<string, string> _values = [];

    /// <summary>Reads arguments.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="numbers">The options whose value is a number; <c>--out FILE</c> always exists.</param>
    /// <exception cref="ArgumentException">An option is unknown, has no value, or is not a positive number.</exception>
    public CommandOptions(IEnumerable<string> args, params string[] numbers)
    {
        var words = new List<string>();
        for (var rest = new Queue<string>(args); rest.TryDequeue(out var word);)
        {
            if (!word.StartsWith("--", StringComparison.Ordinal))
                words.Add(word);
            else if (word != Out && !numbers.Contains(word))
                throw new ArgumentException($"'{word}' is not an option; the options are {string.Join(", ", [.. numbers, Out])}.");
            else if (!rest.TryDequeue(out var value) || (word != Out && !IsPositive(value)))
                throw new ArgumentException($"{word} needs {(word == Out ? "a file" : "a positive number")}.");
            else
                _values[word] = value;
        }

        Words = [.. words];
    }

    public string[] Words { get; }

    public int Number(string name, int defaultValue) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : defaultValue;

    public TimeSpan Seconds(int defaultValue) => TimeSpan.FromSeconds(Number("--seconds", defaultValue));

    /// <summary>The same options, if there are no words.</summary>
    /// <exception cref="ArgumentException">There are.</exception>
    public CommandOptions WithoutWords() =>
        Words is [] ? this : throw new ArgumentException($"'{Words[0]}' is not an argument of this benchmark.");

    /// <summary>Prints a report, and writes it to the file of <c>--out</c>.</summary>
    public async Task WriteAsync(string report)
    {
        if (_values.GetValueOrDefault(Out) is { } file)
            await File.WriteAllTextAsync(file, report);
        Console.Out.Write(report);
    }

    private static bool IsPositive(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0;
}
