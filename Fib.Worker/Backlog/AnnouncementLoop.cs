using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.ServiceDefaults.Background;
using Fib.ServiceDefaults.Dependencies;
using Fib.Worker.Terms;
using StackExchange.Redis;

namespace Fib.Worker.Backlog;

/// <summary>Computes the terms of announced indexes and publishes them. Whether an index is stored at all is not known yet.</summary>
internal sealed class AnnouncementLoop(
    IConnectionMultiplexer redis, TermLimits limits, ProgressPublisher progress,
    [FromKeyedServices(RedisFailure.DependencyName)] Dependency state, TimeProvider time, ILogger<AnnouncementLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = new RetryLoop("The work on announcements", exception => RedisFailure.FindOutage(state, exception), time, logger);
        await loop.RunAsync(
            async token =>
            {
                await redis.ReadChannelAsync(BacklogKeys.Announcements, loop.SetSucceeded, Handle, token);
                return Pause;
            }, stoppingToken);
    }

    private void Handle(string? message)
    {
        if (SequenceIndex.Read(message, BacklogKeys.MaxAnnounced, out var index) == IndexVerdict.Accepted
            && limits.FindRejection(index) is null)
            progress.PublishAnnounced(index, TermPreview.Of(TermEngine.Compute(index.Value)));
    }
}
