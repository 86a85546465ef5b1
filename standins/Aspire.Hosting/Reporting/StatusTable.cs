using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Reporting;

/// <summary>Every resource, its state and its URL.</summary>
internal static class StatusTable
{
    public static IEnumerable<string> Lines(IEnumerable<StatusRow> rows)
    {
        List<string[]> cells = [["Resource", "State", "URL"], .. rows.Select(r => new[] { r.Name, State(r.Snapshot), Urls(r.Snapshot) })];
        var widths = Enumerable.Range(0, 3).Select(column => cells.Max(row => row[column].Length)).ToArray();
        cells.Insert(1, [.. widths.Select(width => new string('-', width))]);
        yield return "";
        foreach (var row in cells)
            yield return "  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
        yield return "";
    }

    /// <summary>What a resource that is not up lacks: its state, and what its health checks say.</summary>
    public static string Wanting(StatusRow row)
    {
        var complaints = (row.Snapshot?.HealthReports ?? []).Where(r => r.Status != HealthStatus.Healthy).Select(r => r.Description).OfType<string>().ToList();
        return $"{row.Name} ({State(row.Snapshot)}{string.Concat(complaints.Select(c => ": " + c.TrimEnd('.')))})";
    }

    private static string State(CustomResourceSnapshot? snapshot) => snapshot switch
    {
        { HealthStatus: { } health } => health.ToString(),
        { ExitCode: { } code, State.Text: var text } => $"{text} ({code})",
        _ => snapshot?.State?.Text ?? "unknown",
    };

    private static string Urls(CustomResourceSnapshot? snapshot) => string.Join(" ", snapshot?.Urls.Select(u => u.Url) ?? []);
}
