using System.Collections.Concurrent;
using System.Net;
using Fib.LocalSystem.Events;

namespace Fib.Rehearsal.Checks;

/// <summary>Many open pages at once: each was loaded, keeps a stream of events open, and hears of what is submitted.</summary>
internal static class CrowdCheck
{
    /// <summary>How many pages are open.</summary>
    public const int Pages = 500;

    private const int AtOnce = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Opens the pages one after another, submits an index, and waits until all have heard of its term.</summary>
    /// <exception cref="CheckFailedException">The index was not accepted.</exception>
    /// <exception cref="IOException">A stream ended first.</exception>
    /// <exception cref="TimeoutException">One of them heard nothing.</exception>
    public static async Task<string> RunAsync(FrontDoor door, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        using var http = new HttpClient(new BackPressureHandler(new SocketsHttpHandler())) { BaseAddress = FrontDoor.Address };
        var streams = new ConcurrentBag<EventStream>();
        try
        {
            await OpenAsync(http, streams, deadline.Token);
            var index = door.NextIndex();
            if (await door.SubmitAsync(index, deadline.Token) is var status and not HttpStatusCode.OK)
                throw new CheckFailedException($"index {index} was answered with {status}");
            await Task.WhenAll(streams.Select(stream => stream.ReadUntilAsync("computed", index, deadline.Token)));
            return $"all of them heard of index {index}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"not all heard of the term within {Longest.TotalSeconds:0} s; {streams.Count} streams were open");
        }
        finally
        {
            foreach (var stream in streams)
                stream.Dispose();
        }
    }

    private static Task OpenAsync(HttpClient http, ConcurrentBag<EventStream> streams, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(Enumerable.Range(0, Pages), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (_, token) =>
        {
            using var page = await http.GetAsync("", token);
            page.EnsureSuccessStatusCode();
            streams.Add(await EventStream.OpenAsync(http, cancellationToken: token));
        });
}
