using System.Collections.Immutable;
using Fib.LocalSystem.Processes;
using Fib.ServiceDefaults.Batching;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.ServiceDefaults.Batching;

public sealed class CoalescedFetchTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1.5);

    private ImmutableList<TaskCompletionSource<int>> _begun = [];
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Get_WhileAFetchIsUnderWay_WaitsForOneThatBeginsLater()
    {
        var shared = Create();
        var first = shared.GetAsync();
        var others = new[] { shared.GetAsync(), shared.GetAsync() };
        Assert.Single(_begun);

        _begun[0].SetResult(1);
        Assert.Equal(1, await first);
        Assert.All(others, other => Assert.False(other.IsCompleted));

        Assert.True(SpinWait.SpinUntil(() => _begun.Count == 2, Eventually.DefaultTimeout));
        _begun[1].SetResult(2);
        Assert.Equal((int[])[2, 2], await Task.WhenAll(others));
    }

    [Fact]
    public async Task Get_AfterAFetchEnded_FetchesAgain()
    {
        var value = 0;
        var shared = new CoalescedFetch<int>(() => Task.FromResult(++value), Deadline, _time);
        Assert.Equal(1, await shared.GetAsync());
        Assert.Equal(2, await shared.GetAsync());
    }

    [Fact]
    public async Task Get_AfterTheDelayFailed_FetchesAgain()
    {
        // The call itself reads the time once, then the delay reads it.
        var time = new FailingTime { Fails = true, ReadsBefore = 1 };
        var shared = new CoalescedFetch<int>(() => Task.FromResult(1), Deadline, time);
        await Assert.ThrowsAsync<InvalidOperationException>(() => shared.GetAsync().WaitAsync(Eventually.DefaultTimeout));
        time.Fails = false;
        Assert.Equal(1, await shared.GetAsync().WaitAsync(Eventually.DefaultTimeout));
    }

    [Fact]
    public async Task Get_TheEndOfAFetchFails_ItsCallerIsToldAndTheNextFetchesAgain()
    {
        var (time, fetches) = (new FailingTime(), 0);
        var shared = new CoalescedFetch<int>(
            () =>
            {
                time.Fails = ++fetches == 1;
                return Task.FromResult(fetches);
            }, Deadline, time);
        await Assert.ThrowsAsync<InvalidOperationException>(() => shared.GetAsync().WaitAsync(Eventually.DefaultTimeout));
        time.Fails = false;
        Assert.Equal(2, await shared.GetAsync().WaitAsync(Eventually.DefaultTimeout));
    }

    [Fact]
    public async Task Get_TheFetchFails_ThoseWhoWaitedAreToldAndTheNextIsFetched()
    {
        var shared = Create();
        var (first, second) = (shared.GetAsync(), shared.GetAsync());
        _begun[0].SetException(new TimeoutException("away"));
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        Assert.True(SpinWait.SpinUntil(() => _begun.Count == 2, Eventually.DefaultTimeout));
        _begun[1].SetResult(2);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Get_TheFetchThrowsAtOnce_IsToldToo()
    {
        var shared = new CoalescedFetch<int>(() => throw new TimeoutException("away"), Deadline, _time);
        await Assert.ThrowsAsync<TimeoutException>(() => shared.GetAsync());
        await Assert.ThrowsAsync<TimeoutException>(() => shared.GetAsync());
    }

    [Fact]
    public async Task Get_AfterManyAtATime_WaitsForOthersUntilTimeIsUp()
    {
        var shared = Create();
        var first = shared.GetAsync();
        var many = Enumerable.Range(0, 100).Select(_ => shared.GetAsync()).ToArray();
        _begun[0].SetResult(1);
        await first;
        Assert.True(SpinWait.SpinUntil(() => _begun.Count == 2, Eventually.DefaultTimeout));
        _begun[1].SetResult(2);
        await Task.WhenAll(many);

        var alone = shared.GetAsync();
        Assert.Equal(2, _begun.Count);

        Assert.True(SpinWait.SpinUntil(HasBegunAgain, Eventually.DefaultTimeout));
        _begun[2].SetResult(3);
        Assert.Equal(3, await alone);

        bool HasBegunAgain()
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return _begun.Count == 3;
        }
    }

    [Fact]
    public async Task Get_TheFetchDoesNotEnd_FailsAtTheDeadlineOfEachCall()
    {
        var shared = Create();
        var first = shared.GetAsync();
        _time.Advance(Deadline / 2);
        var second = shared.GetAsync();
        _time.Advance(Deadline / 2);
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        Assert.False(second.IsCompleted);
        var third = shared.GetAsync();
        _time.Advance(Deadline / 2);
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        Assert.False(third.IsCompleted);

        _begun[0].SetResult(1);
        Assert.True(SpinWait.SpinUntil(() => _begun.Count == 2, Eventually.DefaultTimeout));
        _begun[1].SetResult(2);
        Assert.Equal(2, await third);
    }

    private CoalescedFetch<int> Create() => new(() =>
    {
        var begun = new TaskCompletionSource<int>();
        ImmutableInterlocked.Update(ref _begun, all => all.Add(begun));
        return begun.Task;
    }, Deadline, _time);

    private sealed class FailingTime : TimeProvider
    {
        public bool Fails { get; set; }

        /// <summary>The number of times that it can be read before it fails.</summary>
        public int ReadsBefore { get; set; }

        public override long GetTimestamp() =>
            Fails && ReadsBefore-- <= 0 ? throw new InvalidOperationException() : base.GetTimestamp();
    }
}
