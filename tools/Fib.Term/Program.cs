using System.Diagnostics;
using System.Globalization;
using Fib.Core.Sequence;

// Prints only the digits of F(N) and a newline to standard output.
const int WrongUsage = 2;
// From this index, faster kernels save more than their trial costs.
const int MinIndexForTrial = 100_000_000;
var words = args.Where(argument => argument != "--stats").ToArray();
var index = 0;
if (words is not [var text] || SequenceIndex.ReadNumber(text, TermEngine.MaxIndex, out index) != IndexVerdict.Accepted)
{
    Console.Error.WriteLine(words is [var invalid]
        ? $"fib: '{invalid}' is not an index: an index is one whole number from 0 to {TermEngine.MaxIndex}."
        : $"fib: usage: ./fib term INDEX [--stats]; INDEX is one whole number from 0 to {TermEngine.MaxIndex}.");
    return WrongUsage;
}

var watch = Stopwatch.StartNew();
if (index >= MinIndexForTrial)
    TermEngine.ChooseKernels();
var digits = TermEngine.Compute(index);
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
        $"{digits.Length} digits, {watch.Elapsed.TotalMilliseconds:F1} ms, {rate / 1e6:F1} million digits/s, ")
        + $"{TermEngine.Kernels}, threads: {TermEngine.MaxThreads(index)}");
}

return 0;
