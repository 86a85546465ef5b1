using System.Globalization;
using System.Net;

namespace Fib.Rehearsal.Checks;

/// <summary>Server-Sent Events arrive when they happen, and not when the stream ends.</summary>
internal static class EventsCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Opens the stream, submits an index, waits for its <c>computed</c> event.</summary>
    /// <exception cref="CheckFailedException">The stream ended first.</exception>
    /// <exception cref="TimeoutException">The event did not come.</exception>
    public static async Task<string> RunAsync(FrontDoor door, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        try
        {
            using var answer = await door.Client.GetAsync("api/values/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            answer.EnsureSuccessStatusCode();
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(deadline.Token));
            var index = door.NextIndex();
            if (await door.SubmitAsync(index, deadline.Token) is var status and not HttpStatusCode.OK)
                throw new CheckFailedException($"index {index} was answered with {status}");
            return await FindAsync(lines, index, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no event within {Longest.TotalSeconds:0} s");
        }
    }

    /// <summary>Reads until the term of an index is told.</summary>
    public static async Task<string> FindAsync(StreamReader lines, int index, CancellationToken cancellationToken)
    {
        var computed = false;
        var field = string.Create(CultureInfo.InvariantCulture, $"\"index\":{index},");
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("event:", StringComparison.Ordinal))
                computed = line.EndsWith("computed", StringComparison.Ordinal);
            else if (computed && line.StartsWith("data:", StringComparison.Ordinal) && line.Contains(field, StringComparison.Ordinal))
                return $"computed, index {index}, as it happened";
        }

        throw new CheckFailedException("the stream ended");
    }
}
