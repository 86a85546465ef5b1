using System.Globalization;
using Fib.LocalSystem.Processes;

namespace Fib.Bench;

/// <summary>The options of a benchmark, each with a value, and the words beside them.</summary>
internal sealed class CommandOptions
{
    private const string Out = "--out";

    private readonly Dictionary<string, int> _numbers = [];
    private readonly string? _out;

    /// <summary>Reads arguments.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="numbers">The options whose value is a number; <c>--out FILE</c> always exists.</param>
    /// <exception cref="WrongUsageException">An option is unknown, has no value, or is not a positive number, or the folder of
    ///   the file does not exist.</exception>
    public CommandOptions(IEnumerable<string> args, params string[] numbers)
    {
        var words = new List<string>();
        for (var rest = new Queue<string>(args); rest.TryDequeue(out var word);)
        {
            if (!word.StartsWith("--", StringComparison.Ordinal))
                words.Add(word);
            else if (word == Out)
                _out = rest.TryDequeue(out var file) ? file : throw new WrongUsageException($"{Out} needs a file.");
            else if (!numbers.Contains(word))
                throw new WrongUsageException($"'{word}' is not an option; the options are {string.Join(", ", [.. numbers, Out])}.");
            else
                _numbers[word] = ReadNumber(word, rest);
        }

        Words = [.. words];
        if (_out is not null && Path.GetDirectoryName(Path.GetFullPath(_out)) is { } folder && !Directory.Exists(folder))
            throw new WrongUsageException($"{Out}: there is no folder {folder}.");
    }

    public string[] Words { get; }

    public int Number(string name, int defaultValue) => _numbers.GetValueOrDefault(name, defaultValue);

    public TimeSpan Seconds(int defaultValue) => TimeSpan.FromSeconds(Number("--seconds", defaultValue));

    /// <summary>The same options, if there are no words.</summary>
    /// <exception cref="WrongUsageException">There are.</exception>
    public CommandOptions WithoutWords() =>
        Words is [] ? this : throw new WrongUsageException($"'{Words[0]}' is not an argument of this benchmark.");

    private static int ReadNumber(string option, Queue<string> rest) =>
        rest.TryDequeue(out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new WrongUsageException($"{option} needs a positive number.");

    /// <summary>Prints a report, and writes it to the file of <c>--out</c>.</summary>
    public async Task WriteAsync(string report)
    {
        Console.Out.Write(report);
        if (_out is not null)
            await File.WriteAllTextAsync(_out, report);
    }
}
