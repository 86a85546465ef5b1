using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Checks;

/// <summary>An HTTP client of the system's public endpoint, port 80.</summary>
internal sealed class EdgeClient : IDisposable
{
    private static readonly TimeSpan TermTimeout = TimeSpan.FromSeconds(30);
    private int _lastIndex = Load.Indexes;

    /// <summary>The public endpoint.</summary>
    public static Uri Address { get; } = new("http://127.0.0.1/");

    /// <summary>Sends requests other than those below; times out after 10 s.</summary>
    public HttpClient Http { get; } = new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>An index that this rehearsal has not submitted before, so that a worker has to compute its term.</summary>
    public int NextIndex() => Interlocked.Increment(ref _lastIndex);

    /// <summary>Submits an index.</summary>
    /// <exception cref="CheckFailedException">It was not accepted.</exception>
    public async Task SubmitAsync(int index, CancellationToken cancellationToken)
    {
        if (await TrySubmitAsync(index, cancellationToken) is var status and not HttpStatusCode.OK)
            throw new CheckFailedException($"index {index} was answered with {status}");
    }

    /// <summary>Submits a new index and waits for its term. Retries for 30 s each, because containers may still be starting.</summary>
    /// <returns>The index and a summary of its term.</returns>
    /// <exception cref="TimeoutException">The index was not accepted, or its term was not available or not correct.</exception>
    public async Task<string> SubmitAndReadTermAsync(CancellationToken cancellationToken)
    {
        var index = NextIndex();
        await Eventually.HoldsAsync($"index {index} is accepted", async token =>
            await TrySubmitAsync(index, token) == HttpStatusCode.OK, TermTimeout, cancellationToken);
        var term = await WaitForTermAsync(index, TermTimeout, cancellationToken);
        return $"F({index}) = {term[..3]}..., {term.Length} digits";
    }

    /// <summary>Waits until the system has the correct term of an index.</summary>
    /// <returns>The term's digits.</returns>
    /// <exception cref="TimeoutException">The term was not available or not correct in time.</exception>
    public async Task<string> WaitForTermAsync(int index, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var expected = Encoding.ASCII.GetString(TermEngine.Compute(index, cancellationToken: cancellationToken));
        await Eventually.HoldsAsync($"the term of index {index} is available and correct", async token =>
            await ReadTermAsync(index, token) == expected, timeout, cancellationToken);
        return expected;
    }

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();

    private async Task<HttpStatusCode> TrySubmitAsync(int index, CancellationToken cancellationToken)
    {
        using var response = await Http.PostAsJsonAsync("api/values", new { index }, cancellationToken);
        return response.StatusCode;
    }

    private async Task<string?> ReadTermAsync(int index, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync($"api/values/{index.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync(cancellationToken) : null;
    }
}
