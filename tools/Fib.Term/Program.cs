using System.Diagnostics;
using System.Globalization;
using Fib.Core.Sequence;

// Prints only the digits of F(N) and a newline to standard output.
const int Failed = 1;
const int WrongUsage = 2;
// From this index, faster kernels save more than their trial costs.
const int MinIndexForTrial = 100_000_000;
var words = args.Where(argument => argument != "--stats").ToArray();
var index = 0;
if (words is not [var text] || SequenceIndex.ReadNumber(text, TermEngine.MaxIndex, out index) != IndexVerdict.Accepted)
{
    return Fail(WrongUsage, words is [var invalid]
        ? $"'{invalid}' is not an index: an index is one whole number from 0 to {TermEngine.MaxIndex}."
        : $"usage: ./fib term INDEX [--stats]; INDEX is one whole number from 0 to {TermEngine.MaxIndex}.");
}

try
{
    var watch = Stopwatch.StartNew();
    if (index >= MinIndexForTrial)
        TermEngine.ChooseKernels();
    var digits = TermEngine.Compute(index);
    watch.Stop();
    Print(digits);
    if (args.Contains("--stats"))
        PrintStatistics(index, digits.Length, watch.Elapsed);
    return 0;
}
catch (OutOfMemoryException)
{
    return Fail(Failed, $"F({index}) needs {(TermEngine.EstimateMemory(index) >> 20) + 1} MiB of memory; this process cannot have as much.");
}
catch (IOException exception)
{
    return Fail(Failed, $"the digits could not be written: {exception.Message}");
}

static void Print(byte[] digits)
{
    using var output = Console.OpenStandardOutput();
    output.Write(digits);
    output.WriteByte((byte)'\n');
}

static void PrintStatistics(int index, int digits, TimeSpan elapsed) => Console.Error.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{digits} digits, {elapsed.TotalMilliseconds:F1} ms, {digits / elapsed.TotalSeconds / 1e6:F1} million digits/s, ")
    + $"{TermEngine.Kernels}, threads: {TermEngine.MaxThreads(index)}");

static int Fail(int code, string reason)
{
    Console.Error.WriteLine($"fib: {reason}");
    return code;
}
