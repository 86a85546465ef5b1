using System.Collections.Concurrent;
using Pipelines.Sockets.Unofficial;
using StandIns.Tests.Support;

namespace StandIns.Tests.Sockets;

public sealed class SchedulerTests
{
    [Fact]
    public async Task Work_RunsOnItsOwnBackgroundThreads()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler("mine", workerCount: 2, priority: ThreadPriority.BelowNormal);
        var ran = new TaskCompletionSource<Thread>();

        scheduler.Schedule(state => ((TaskCompletionSource<Thread>)state!).SetResult(Thread.CurrentThread), ran);
        var thread = await ran.Task.WaitAsync(Until.Deadline);

        Assert.Equal(2, scheduler.WorkerCount);
        Assert.StartsWith("mine", thread.Name, StringComparison.Ordinal);
        Assert.True(thread.IsBackground && thread.Priority == ThreadPriority.BelowNormal && !thread.IsThreadPoolThread);
        await Until.TrueAsync(() => scheduler.AvailableCount == 2, "both are idle again");
        Assert.Equal(1, scheduler.TotalServicedByQueue);
    }

    [Fact]
    public async Task Work_BeyondTenWaiting_GoesToTheThreadPoolAndNothingIsDropped()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 1);
        using var gate = new ManualResetEventSlim();
        var done = new CountdownEvent(31);
        scheduler.Schedule(_ => { gate.Wait(); done.Signal(); }, null);
        await Until.TrueAsync(() => scheduler.TotalServicedByQueue == 1, "the only thread is busy");

        for (var i = 0; i < 30; i++) scheduler.Schedule(_ => done.Signal(), null);
        await Until.TrueAsync(() => done.CurrentCount == 11, "what the thread pool got is done");
        Assert.Equal(20, scheduler.TotalServicedByPool);
        gate.Set();

        await Until.TrueAsync(() => done.IsSet, "all is done");
        Assert.Equal(11, scheduler.TotalServicedByQueue);
    }

    [Fact]
    public async Task Disposed_WhatWaitsIsDoneAndLaterWorkGoesToTheThreadPool()
    {
        var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 1);
        using var gate = new ManualResetEventSlim();
        var done = new ConcurrentQueue<string>();
        scheduler.Schedule(_ => gate.Wait(), null);
        scheduler.Schedule(_ => done.Enqueue("waited"), null);

        scheduler.Dispose();
        scheduler.Schedule(_ => done.Enqueue($"late, pool: {Thread.CurrentThread.IsThreadPoolThread}"), null);
        await Until.TrueAsync(() => !done.IsEmpty, "the late one is done");
        gate.Set();
        await Until.TrueAsync(() => done.Count == 2, "both are done");

        Assert.Equal(["late, pool: True", "waited"], done);
    }

    [Fact]
    public async Task Work_ThatThrows_DoesNotEndItsThread()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 1);
        var ran = new TaskCompletionSource();

        scheduler.Schedule(_ => throw new InvalidOperationException("On purpose."), null);
        scheduler.Schedule(_ => ran.SetResult(), null);

        await ran.Task.WaitAsync(Until.Deadline);
    }

    [Fact]
    public async Task Work_FromManyThreads_IsAllDoneOnce()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 3);
        var done = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++) scheduler.Schedule(_ => Interlocked.Increment(ref done), null);
        })));

        await Until.TrueAsync(() => Volatile.Read(ref done) == 40_000, "all is done");
        await Until.TrueAsync(
            () => scheduler.TotalServicedByQueue + scheduler.TotalServicedByPool == 40_000, "all is counted");
    }
}
