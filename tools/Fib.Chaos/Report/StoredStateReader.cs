using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.Chaos.Load;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Npgsql;

namespace Fib.Chaos.Report;

/// <summary>Waits until a system has no pending work, and reads what it has stored.</summary>
internal sealed class StoredStateReader(RunningSystem system, EventSubscriber subscriber) : IDisposable
{
    private const int MaxSpreadTerms = 40;
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new() { BaseAddress = system.Gateway.Address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Waits until no term is pending; entries of dead workers are claimed after 30 s.</summary>
    /// <returns>Whether that took at most two minutes.</returns>
    public Task<bool> WaitIdleAsync(CancellationToken cancellationToken) =>
        HoldsAsync(
            "no term is pending", async () => (await ReadPendingAsync(cancellationToken)).Count == 0, IdleTimeout, cancellationToken);

    /// <summary>Reads everything; of the full terms only a sample.</summary>
    public async Task<StoredState> ReadAsync(CancellationToken cancellationToken)
    {
        var submissions = await ReadAsync(
            "SELECT index, count(*)::integer FROM submission GROUP BY index", row => row.GetInt32(1), cancellationToken);
        var outcomes = await ReadAsync(
            "SELECT index, digits, preview, reason FROM outcome",
            row => new StoredOutcome(row.GetInt32(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)), cancellationToken);
        var events = await ReadEventsAsync(cancellationToken);
        var all = await _client.GetFromJsonAsync<JsonElement>("api/values/all", cancellationToken);
        return new StoredState
        {
            Submissions = submissions,
            Outcomes = outcomes,
            Events = events,
            ReceivedEvents = await WaitReceivedAsync(events, cancellationToken),
            Pending = await ReadPendingAsync(cancellationToken),
            Listed = all.EnumerateArray().CountBy(item => item.GetProperty("number").GetInt32()).ToDictionary(),
            Current = (await _client.GetFromJsonAsync<Dictionary<string, string>>("api/values/current", cancellationToken))!,
            Terms = await ReadTermsAsync(outcomes, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>The received events. A subscriber that has just reconnected gets up to 30 s to catch up.</summary>
    private async Task<IReadOnlyList<long>> WaitReceivedAsync(IReadOnlyList<long> events, CancellationToken cancellationToken)
    {
        await HoldsAsync(
            "the subscriber has received the last event",
            () => Task.FromResult(events is [] || subscriber.Received is [.., var last] && last >= events[^1]),
            ReadTimeout, cancellationToken);
        return subscriber.Received;
    }

    private static async Task<bool> HoldsAsync(
        string condition, Func<Task<bool>> holds, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await Eventually.HoldsAsync(condition, _ => holds(), timeout, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            // The report names what is missing.
            return false;
        }
    }

    private async Task<IReadOnlyList<long>> ReadEventsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await system.Postgres.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT id FROM submission UNION ALL SELECT event_id FROM outcome ORDER BY 1", connection);
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

    /// <summary>Reads the repeated indexes, and up to 40 spread evenly over all computed ones, the highest included.</summary>
    private async Task<IReadOnlyDictionary<int, string?>> ReadTermsAsync(
        IReadOnlyDictionary<int, StoredOutcome> outcomes, CancellationToken cancellationToken)
    {
        var computed = outcomes.Where(outcome => outcome.Value.Reason is null).Select(outcome => outcome.Key).Order().ToArray();
        var spread = Enumerable.Range(1, Math.Min(MaxSpreadTerms, computed.Length))
            .Select(part => computed[Math.Max(0, (part * computed.Length / MaxSpreadTerms) - 1)]);
        var terms = new Dictionary<int, string?>();
        foreach (var index in Workload.Repeated.Intersect(computed).Union(spread))
            terms[index] = await ReadTermAsync(index, cancellationToken);
        return terms;
    }

    /// <summary>Waits up to 30 s for a term: one whose digits Redis evicted is computed again.</summary>
    private async Task<string?> ReadTermAsync(int index, CancellationToken cancellationToken)
    {
        string? term = null;
        await HoldsAsync("the term is available", async () =>
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"api/values/{index}");
            using var response = await _client.GetAsync(path, cancellationToken);
            term = response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync(cancellationToken) : null;
            return term is not null;
        }, ReadTimeout, cancellationToken);
        return term;
    }
}
