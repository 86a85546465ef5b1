using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fib.Rehearsal.Checks;

/// <summary>Runs checks one after the other, says how each ended, and keeps them for the table at the end.</summary>
internal sealed class CheckTable(TextWriter output)
{
    private readonly List<Check> _checks = [];

    /// <summary>Whether no check failed and at least one passed.</summary>
    public bool AllPassed => _checks.Exists(check => check.Outcome == CheckOutcome.Passed) && !_checks.Exists(check => check.Outcome == CheckOutcome.Failed);

    /// <summary>Runs a check: it has passed when it returns what it saw, and failed when it throws.</summary>
    /// <returns>Whether it passed.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a check throws is its result.")]
    public async Task<bool> RunAsync(string name, Func<CancellationToken, Task<string>> look, CancellationToken cancellationToken)
    {
        Check check;
        try
        {
            check = new Check(name, CheckOutcome.Passed, await look(cancellationToken));
        }
        catch (Exception wrong) when (!cancellationToken.IsCancellationRequested)
        {
            check = new Check(name, CheckOutcome.Failed, wrong.Message);
        }

        await AddAsync(check);
        return check.Outcome == CheckOutcome.Passed;
    }

    /// <summary>Notes a check that cannot be made, and why.</summary>
    public Task SkipAsync(string name, string reason) => AddAsync(new Check(name, CheckOutcome.Skipped, reason));

    /// <summary>The table of all checks so far.</summary>
    public async Task WriteAsync()
    {
        var width = _checks.Max(check => check.Name.Length);
        await output.WriteLineAsync();
        foreach (var check in _checks)
            await output.WriteLineAsync($"{Word(check),-8}{check.Name.PadRight(width)}  {FirstLine(check)}");
        var counts = _checks.CountBy(check => check.Outcome).ToDictionary();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{counts.GetValueOrDefault(CheckOutcome.Passed)} passed, {counts.GetValueOrDefault(CheckOutcome.Failed)} failed, {counts.GetValueOrDefault(CheckOutcome.Skipped)} skipped"));
    }

    private async Task AddAsync(Check check)
    {
        _checks.Add(check);
        await output.WriteLineAsync($"{Word(check),-8}{check.Name}: {check.Detail}");
    }

    private static string Word(Check check) => check.Outcome switch
    {
        CheckOutcome.Passed => "passed",
        CheckOutcome.Failed => "FAILED",
        _ => "skipped",
    };

    private static string FirstLine(Check check) => check.Detail.Split('\n')[0];
}
