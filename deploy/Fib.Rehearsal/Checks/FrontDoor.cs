using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Checks;

/// <summary>Port 80, as a visitor reaches it.</summary>
internal sealed class FrontDoor : IDisposable
{
    private static readonly TimeSpan ForATerm = TimeSpan.FromSeconds(30);
    private readonly HttpClient _client = new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
    private int _unused = Load.Indexes;

    /// <summary>Where the page is.</summary>
    public static Uri Address { get; } = new("http://127.0.0.1/");

    /// <summary>Sends and reads what the checks need beside whole journeys.</summary>
    public HttpClient Client => _client;

    /// <summary>An index that this rehearsal has not submitted yet: only then does its term tell that a worker works.</summary>
    public int NextIndex() => Interlocked.Increment(ref _unused);

    /// <summary>Submits an index.</summary>
    public async Task<HttpStatusCode> SubmitAsync(int index, CancellationToken cancellationToken)
    {
        using var answer = await _client.PostAsJsonAsync("api/values", new { index }, cancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Submits a new index and waits for the right term. What is not answered yet is asked again: the containers may be on their way.</summary>
    /// <returns>What was computed.</returns>
    public async Task<string> TravelAsync(CancellationToken cancellationToken)
    {
        var index = NextIndex();
        await Eventually.HoldsAsync($"index {index} is accepted", async token => await SubmitAsync(index, token) == HttpStatusCode.OK, ForATerm, cancellationToken);
        var expected = Term(index);
        await Eventually.HoldsAsync($"the term of index {index} is {expected}", async token => await ReadTermAsync(index, token) == expected, ForATerm, cancellationToken);
        return $"F({index}) = {expected[..3]}..., {expected.Length} digits";
    }

    /// <summary>The term's digits, or null while there is none.</summary>
    public async Task<string?> ReadTermAsync(int index, CancellationToken cancellationToken)
    {
        using var answer = await _client.GetAsync($"api/values/{index.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(cancellationToken) : null;
    }

    /// <summary>The term's digits, by the engine itself: what is rehearsed here is their way through the containers.</summary>
    public static string Term(int index) => Encoding.ASCII.GetString(TermEngine.Compute(index));

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
