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
internal sealed class BooksReader(RunningSystem system) : IDisposable
{
    private const int WholeTerms = 40;
    private static readonly TimeSpan ForRest = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ForATerm = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new() { BaseAddress = system.Gateway.Address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Whether nothing is pending any more within two minutes; entries of dead workers are claimed after 30 s.</summary>
    public async Task<bool> RestsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Eventually.HoldsAsync("nothing is pending", ForRest, async token => (await ReadPendingAsync(token)).Count == 0, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Reads everything, and some terms whole.</summary>
    public async Task<Books> ReadAsync(CancellationToken cancellationToken)
    {
        var submissions = await ReadAsync("SELECT index, count(*)::integer FROM submission GROUP BY index", row => row.GetInt32(1), cancellationToken);
        var outcomes = await ReadAsync(
            "SELECT index, digits, preview, reason FROM outcome",
            row => new RecordedOutcome(row.GetInt32(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)), cancellationToken);
        var all = await _client.GetFromJsonAsync<JsonElement>("api/values/all", cancellationToken);
        return new Books
        {
            Submissions = submissions,
            Outcomes = outcomes,
            Pending = await ReadPendingAsync(cancellationToken),
            Listed = all.EnumerateArray().CountBy(item => item.GetProperty("number").GetInt32()).ToDictionary(),
            Current = (await _client.GetFromJsonAsync<Dictionary<string, string>>("api/values/current", cancellationToken))!,
            Terms = await ReadTermsAsync(outcomes, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

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
        try
        {
            await Eventually.HoldsAsync("the term is there", ForATerm, async token =>
            {
                using var answer = await _client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"api/values/{index}"), token);
                term = answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(token) : null;
                return term is not null;
            }, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The ledger says that it did not come.
        }

        return term;
    }
}
