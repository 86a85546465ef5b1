using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fib.Rehearsal.Checks;

/// <summary>Runs checks one after another, writes the result of each, and keeps the results for the table at the end.</summary>
internal sealed class CheckTable(TextWriter output)
{
    private readonly List<CheckResult> _results = [];

    /// <summary>Whether no check failed and at least one passed.</summary>
    public bool AllPassed => _results.Exists(result => result.Outcome == CheckOutcome.Passed)
        && !_results.Exists(result => result.Outcome == CheckOutcome.Failed);

    /// <summary>Runs a check. It passes if it returns a description of what it found, and fails if it throws.</summary>
    /// <returns>Whether it passed.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Every exception of a check is its result.")]
    public async Task<bool> RunAsync(string name, Func<CancellationToken, Task<string>> check, CancellationToken cancellationToken)
    {
        CheckResult result;
        try
        {
            result = new CheckResult(name, CheckOutcome.Passed, await check(cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            result = new CheckResult(name, CheckOutcome.Failed, exception.Message);
        }

        await AddAsync(result);
        return result.Outcome == CheckOutcome.Passed;
    }

    /// <summary>Records a check that is not run, and the reason.</summary>
    public Task SkipAsync(string name, string reason) => AddAsync(new CheckResult(name, CheckOutcome.Skipped, reason));

    /// <summary>Writes the table of all results so far, and their counts.</summary>
    public async Task WriteAsync()
    {
        var width = _results.Max(result => result.Name.Length);
        await output.WriteLineAsync();
        foreach (var result in _results)
            await output.WriteLineAsync($"{Text(result.Outcome),-8}{result.Name.PadRight(width)}  {FirstLine(result)}");
        var counts = _results.CountBy(result => result.Outcome).ToDictionary();
        var (passed, failed) = (counts.GetValueOrDefault(CheckOutcome.Passed), counts.GetValueOrDefault(CheckOutcome.Failed));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{passed} passed, {failed} failed, {counts.GetValueOrDefault(CheckOutcome.Skipped)} skipped"));
    }

    private async Task AddAsync(CheckResult result)
    {
        _results.Add(result);
        await output.WriteLineAsync($"{Text(result.Outcome),-8}{result.Name}: {result.Detail}");
    }

    private static string Text(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "passed",
        CheckOutcome.Failed => "FAILED",
        _ => "skipped",
    };

    private static string FirstLine(CheckResult result) => result.Detail.Split('\n')[0];
}

/// <summary>The result of one check.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Detail">What the check found, why it failed, or why it was skipped.</param>
internal sealed record CheckResult(string Name, CheckOutcome Outcome, string Detail);

internal enum CheckOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>A check found something unexpected; the message describes it.</summary>
internal sealed class CheckFailedException(string message) : Exception(message);
