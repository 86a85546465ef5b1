using System.Collections.Concurrent;
using Fib.LocalSystem.Events;

namespace Fib.Rehearsal.Checks;

/// <summary>500 clients load the page and keep an event stream open; each must receive the event of one submission.</summary>
internal static class OpenPagesCheck
{
    /// <summary>How many pages are open.</summary>
    public const int Pages = 500;

    private const int Parallelism = 20;
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(60);

    /// <summary>Opens the pages, submits an index, and waits until every stream has delivered its <c>computed</c> event.</summary>
    /// <exception cref="CheckFailedException">The index was not accepted.</exception>
    /// <exception cref="IOException">A stream ended first.</exception>
    /// <exception cref="TimeoutException">A stream did not deliver the event, or a page did not open, within 60 s.</exception>
    public static async Task<string> RunAsync(EdgeClient edge, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(MaxDuration);
        using var http = new HttpClient(new BackPressureHandler(new SocketsHttpHandler())) { BaseAddress = EdgeClient.Address };
        var streams = new ConcurrentBag<EventStream>();
        try
        {
            await OpenAsync(http, streams, deadline.Token);
            var index = edge.NextIndex();
            await edge.SubmitAsync(index, deadline.Token);
            await Task.WhenAll(streams.Select(stream => stream.ReadUntilAsync("computed", index, deadline.Token)));
            return $"all received the event 'computed' of index {index}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"not all pages received the event 'computed' within {MaxDuration.TotalSeconds:0} s; {streams.Count} streams were open");
        }
        finally
        {
            foreach (var stream in streams)
                stream.Dispose();
        }
    }

    private static Task OpenAsync(HttpClient http, ConcurrentBag<EventStream> streams, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        return Parallel.ForAsync(0, Pages, options, async (_, token) =>
        {
            using var page = await http.GetAsync("", token);
            page.EnsureSuccessStatusCode();
            streams.Add(await EventStream.OpenAsync(http, cancellationToken: token));
        });
    }
}
