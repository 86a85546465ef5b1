using System.Net;
using Fib.LocalSystem.Events;

namespace Fib.Rehearsal.Checks;

/// <summary>Server-Sent Events arrive when they happen, and not when the stream ends.</summary>
internal static class EventsCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Opens the stream, submits an index, waits for its <c>computed</c> event.</summary>
    /// <exception cref="CheckFailedException">The index was not accepted.</exception>
    /// <exception cref="IOException">The stream ended first.</exception>
    /// <exception cref="TimeoutException">The event did not come.</exception>
    public static async Task<string> RunAsync(FrontDoor door, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        try
        {
            using var stream = await EventStream.OpenAsync(door.Client, cancellationToken: deadline.Token);
            var index = door.NextIndex();
            if (await door.SubmitAsync(index, deadline.Token) is var status and not HttpStatusCode.OK)
                throw new CheckFailedException($"index {index} was answered with {status}");
            await stream.ReadUntilAsync("computed", index, deadline.Token);
            return $"computed, index {index}, as it happened";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no event within {Longest.TotalSeconds:0} s");
        }
    }
}
