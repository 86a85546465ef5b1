using System.Diagnostics;
using System.Globalization;
using Fib.Core.Sequence;

// Prints the digits of F(N) and a newline, nothing else, on standard output.
const int WrongUsage = 2;
var index = default(SequenceIndex);
var asked = args.Where(argument => argument != "--stats").ToArray();
var verdict = asked is [var text] ? SequenceIndex.Read(text, SequenceIndex.Limit, out index) : IndexVerdict.NotAWholeNumber;
if (verdict != IndexVerdict.Accepted)
{
    Console.Error.WriteLine(asked is [var wrong]
        ? $"fib: '{wrong}' is not an index: it must be one whole number from 0 to {SequenceIndex.Limit}."
        : $"fib: term takes one index, a whole number from 0 to {SequenceIndex.Limit}, and --stats.");
    return WrongUsage;
}

var watch = Stopwatch.StartNew();
var digits = TermEngine.Compute(index.Value);
watch.Stop();

using (var output = Console.OpenStandardOutput())
{
    output.Write(digits);
    output.WriteByte((byte)'\n');
}

if (args.Contains("--stats"))
{
    var rate = digits.Length / watch.Elapsed.TotalSeconds;
    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{digits.Length} digits, {watch.Elapsed.TotalMilliseconds:F1} ms, {rate / 1e6:F1} million digits/s"));
}

return 0;
