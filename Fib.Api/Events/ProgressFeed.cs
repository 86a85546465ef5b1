using Fib.Api.Database;
using Fib.Core.Contracts;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.ServiceDefaults.Background;
using StackExchange.Redis;

namespace Fib.Api.Events;

/// <summary>Forwards the workers' progress to the listeners; progress is not stored.</summary>
internal sealed class ProgressFeed(
    IConnectionMultiplexer redis, EventFeed feed, OpenStreams open, StoreStates stores, TimeProvider time, ILogger<ProgressFeed> logger)
    : BackgroundService
{
    /// <summary>With more streams, the third event for each index would cost more than the milliseconds that it saves are worth.</summary>
    public const int MaxPreviewStreams = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = new RetryLoop("The feed of progress", stores.FindOutage, time, logger);
        await loop.RunAsync(
            async token =>
            {
                await redis.ReadChannelAsync(BacklogKeys.Progress, loop.SetSucceeded, Forward, token);
                return Pause;
            }, stoppingToken);
    }

    private void Forward(string? message)
    {
        if (open.Count > 0 && TermProgress.Read(message) is { } progress && (progress.Preview is null || open.Count <= MaxPreviewStreams))
            feed.Publish(ToEvent(progress));
    }

    private static SequenceEvent ToEvent(TermProgress progress) => progress.Preview is { } term
        ? SequenceEvent.Preview(new PreviewEvent(progress.Index.Value, term))
        : SequenceEvent.Progress(new ProgressEvent(progress.Index.Value, progress.Percent));
}
