using System.Diagnostics;
using System.Globalization;
using Fib.Core.Sequence;

// Prints only the digits of F(N) and a newline to standard output.
const int WrongUsage = 2;
var index = default(SequenceIndex);
var words = args.Where(argument => argument != "--stats").ToArray();
var verdict = words is [var text] ? SequenceIndex.Read(text, SequenceIndex.Limit, out index) : IndexVerdict.NotAWholeNumber;
if (verdict != IndexVerdict.Accepted)
{
    Console.Error.WriteLine(words is [var invalid]
        ? $"fib: '{invalid}' is not an index: an index is one whole number from 0 to {SequenceIndex.Limit}."
        : $"fib: usage: ./fib term INDEX [--stats]; INDEX is one whole number from 0 to {SequenceIndex.Limit}.");
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
    Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{digits.Length} digits, {watch.Elapsed.TotalMilliseconds:F1} ms, {rate / 1e6:F1} million digits/s"));
}

return 0;
