using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.Chaos.Load;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Npgsql;

namespace Fib.Chaos.Ledger;

/// <summary>Waits until a system has come to rest, and reads its books.</summary>
internal sealed class BooksReader(RunningSystem system, Listener listener) : IDisposable
{
    private const int WholeTerms = 40;
    private static readonly TimeSpan ForRest = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ForATerm = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new() { BaseAddress = system.Gateway.Address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Whether nothing is pending any more within two minutes; entries of dead workers are claimed after 30 s.</summary>
    public Task<bool> RestsAsync(CancellationToken cancellationToken) =>
        HeldAsync(async () => (await ReadPendingAsync(cancellationToken)).Count == 0, ForRest, cancellationToken);

    /// <summary>Reads everything, and some terms whole.</summary>
    public async Task<Books> ReadAsync(CancellationToken cancellationToken)
    {
        var submissions = await ReadAsync("SELECT index, count(*)::integer FROM submission GROUP BY index", row => row.GetInt32(1), cancellationToken);
        var outcomes = await ReadAsync(
            "SELECT index, digits, preview, reason FROM outcome",
            row => new RecordedOutcome(row.GetInt32(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)), cancellationToken);
        var events = await ReadEventsAsync(cancellationToken);
        var all = await _client.GetFromJsonAsync<JsonElement>("api/values/all", cancellationToken);
        return new Books
        {
            Submissions = submissions,
            Outcomes = outcomes,
            Events = events,
            Heard = await HearAsync(events, cancellationToken),
            Pending = await ReadPendingAsync(cancellationToken),
            Listed = all.EnumerateArray().CountBy(item => item.GetProperty("number").GetInt32()).ToDictionary(),
            Current = (await _client.GetFromJsonAsync<Dictionary<string, string>>("api/values/current", cancellationToken))!,
            Terms = await ReadTermsAsync(outcomes, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>A page that broke off may have some to catch up on.</summary>
    private async Task<IReadOnlyList<long>> HearAsync(IReadOnlyList<long> events, CancellationToken cancellationToken)
    {
        await HeldAsync(() => Task.FromResult(events is [] || listener.Heard is [.., var last] && last >= events[^1]), ForATerm, cancellationToken);
        return listener.Heard;
    }

    private static async Task<bool> HeldAsync(Func<Task<bool>> asks, TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await Eventually.HoldsAsync("it comes", _ => asks(), within, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            // The ledger says what did not come.
            return false;
        }
    }

    private async Task<IReadOnlyList<long>> ReadEventsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await system.Postgres.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT id FROM submission UNION ALL SELECT event_id FROM outcome ORDER BY 1", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<long>();
        while (await rows.ReadAsync(cancellationToken))
            events.Add(rows.GetInt64(0));
        return events;
    }

    private async Task<IReadOnlySet<int>> ReadPendingAsync(CancellationToken cancellationToken) =>
        (await ReadAsync("SELECT index FROM pending_term", _ => true, cancellationToken)).Keys.ToHashSet();

    private async Task<Dictionary<int, T>> ReadAsync<T>(string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await system.Postgres.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<int, T>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(rows.GetInt32(0), read(rows));
        return found;
    }

    /// <summary>Those that are submitted again and again, and others all over the range: the highest are large.</summary>
    private async Task<IReadOnlyDictionary<int, string?>> ReadTermsAsync(IReadOnlyDictionary<int, RecordedOutcome> outcomes, CancellationToken cancellationToken)
    {
        var computed = outcomes.Where(outcome => outcome.Value.Reason is null).Select(outcome => outcome.Key).Order().ToArray();
        var chosen = Mix.Repeated.Intersect(computed).Union(Enumerable.Range(1, Math.Min(WholeTerms, computed.Length)).Select(part => computed[(part * computed.Length / WholeTerms) - 1 is var at and >= 0 ? at : 0]));
        var terms = new Dictionary<int, string?>();
        foreach (var index in chosen)
            terms[index] = await ReadTermAsync(index, cancellationToken);
        return terms;
    }

    /// <summary>One whose digits were dropped is computed again.</summary>
    private async Task<string?> ReadTermAsync(int index, CancellationToken cancellationToken)
    {
        string? term = null;
        await HeldAsync(async () =>
        {
            using var answer = await _client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"api/values/{index}"), cancellationToken);
            term = answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(cancellationToken) : null;
            return term is not null;
        }, ForATerm, cancellationToken);
        return term;
    }
}
