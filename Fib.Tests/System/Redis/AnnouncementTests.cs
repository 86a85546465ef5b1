using Fib.Api.Backlog;
using Fib.Api.Events;
using Fib.Core.Sequence;
using Fib.LocalSystem.Events;
using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Fib.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Fib.Tests.System.Redis;

/// <summary>The announcements of indexes that an idle api begins to store.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class AnnouncementTests(SystemFixture system)
{
    /// <summary>The indexes are announced one after another, so what is missing was not announced.</summary>
    [Fact]
    public async Task Announce_OnlySmallIndexesOfAnIdleApiWithOpenPages_ArePublished()
    {
        await using var scratch = await ScratchRedis.StartAsync();
        await using var redis = await scratch.ConnectAsync();
        var (time, open) = (new FakeTimeProvider(), new OpenStreams());
        var announcer = new Announcer(redis, open, time);
        var announced = await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal(BacklogKeys.Announcements));

        announcer.Announce(new SequenceIndex(1));
        Assert.True(open.TryAdd());
        announcer.Announce(new SequenceIndex(2));
        announcer.Announce(new SequenceIndex(BacklogKeys.MaxAnnounced + 1));
        announcer.OnCommitted();
        announcer.Announce(new SequenceIndex(3));
        time.Advance(Announcer.IdleTime);
        announcer.Announce(new SequenceIndex(BacklogKeys.MaxAnnounced));
        for (var stream = 1; stream <= ProgressFeed.MaxPreviewStreams; stream++)
            Assert.True(open.TryAdd());
        announcer.Announce(new SequenceIndex(4));
        open.Remove();
        announcer.Announce(new SequenceIndex(5));

        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        foreach (var index in (int[])[2, BacklogKeys.MaxAnnounced, 5])
            Assert.Equal($"{index}", (await announced.ReadAsync(deadline.Token)).Message);
    }

    [Fact]
    public async Task Announced_Index_IsComputedAndPublishedAlthoughItIsNotStored()
    {
        using var stream = await EventStream.OpenAsync(system.Gateway);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(
            await system.System.GetConnectionStringAsync(Fib.AppHost.ResourceNames.Redis));
        foreach (var message in (string[])["", "seven", "-1", "4001", "77"])
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(BacklogKeys.Announcements), message);

        var events = await stream.ReadUntilAsync("preview", 77);
        Assert.Equal(Fibonacci.Term(77), events[^1].Data.GetProperty("term").GetString());
        Assert.DoesNotContain(events, received => received.Index == 4001);
    }

    /// <summary>The api announces the index, and the worker that computed it does not publish it again.</summary>
    [Fact]
    public async Task Submit_ToAnIdleApi_PublishesTheTermOnce()
    {
        using var stream = await EventStream.OpenAsync(system.Gateway);
        var index = system.NextIndex();
        await system.Gateway.SubmitAsync(index);
        var events = await stream.ReadUntilAsync("computed", index);
        Assert.Single(events, received => received.Type == "preview" && received.Index == index);
    }
}
