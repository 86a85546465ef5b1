using Fib.LocalSystem.Processes;
using Fib.ServiceDefaults.Batching;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.ServiceDefaults.Batching;

public sealed class BatchingDelayTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly BatchingDelay _delay;
    private int _waiting;

    public BatchingDelayTests() => _delay = new BatchingDelay(() => _waiting, _time, 0.75);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(32, 24)]
    [InlineData(32, 100)]
    public void Wait_AloneOrWithTheTargetShare_IsNone(int concurrent, int waiting)
    {
        Complete(concurrent);
        _waiting = waiting;
        Assert.True(_delay.WaitAsync().IsCompleted);
    }

    [Fact]
    public async Task Wait_OfMany_EndsWithTheTargetShare()
    {
        Complete(32);
        Arrive(1);
        var wait = _delay.WaitAsync();
        Arrive(22);
        Assert.False(wait.IsCompleted);

        Arrive(1);
        await wait.WaitAsync(Eventually.DefaultTimeout);
    }

    [Fact]
    public async Task Wait_OfManyThatDoNotComeBack_ExpiresAfterAMillisecond()
    {
        Complete(32);
        Arrive(3);
        var wait = _delay.WaitAsync();
        Assert.False(wait.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(Eventually.DefaultTimeout);
    }

    [Fact]
    public async Task Wait_AfterManyHaveLeft_IsNoneAgain()
    {
        Complete(32);
        var delayed = 0;
        for (_waiting = 1; await IsDelayedAsync(); _waiting = 1)
        {
            Assert.InRange(++delayed, 1, 12);
            CompleteWaiting();
        }

        Assert.InRange(delayed, 5, 12);
    }

    /// <summary>Of 32, only 16 are seen at the end of each work: the answers and the next requests of the others are under way.</summary>
    [Fact]
    public async Task Wait_WithManyUnderWay_KeepsTheTarget()
    {
        Complete(32);
        for (var work = 0; work < 20; work++)
        {
            _waiting = 24;
            Assert.True(_delay.WaitAsync().IsCompleted);
            _waiting = 0;
            _delay.OnCompleted(16);
        }

        _waiting = 22;
        Assert.True(await IsDelayedAsync());
    }

    /// <summary>All 20 are back in time, so no delay expires.</summary>
    [Fact]
    public void Wait_AfterSomeHaveLeft_EndsWithTheShareOfTheOthers()
    {
        Complete(32);
        for (var batch = 0; batch < 2_000; batch++)
            _delay.OnCompleted(20);
        _waiting = 15;
        Assert.True(_delay.WaitAsync().IsCompleted);
    }

    [Fact]
    public void Wait_AfterASecondWithoutWork_IsNoneAgain()
    {
        Complete(32);
        _waiting = 1;
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.True(_delay.WaitAsync().IsCompleted);
    }

    [Fact]
    public void Complete_RequestsThatWaitMeanwhile_AreCountedToo()
    {
        _waiting = 16;
        Complete(16);
        _waiting = 23;
        Assert.False(_delay.WaitAsync().IsCompleted);
    }

    /// <summary>Waits until the delay expires.</summary>
    /// <returns>False if there was none.</returns>
    private async Task<bool> IsDelayedAsync()
    {
        var wait = _delay.WaitAsync();
        if (wait.IsCompleted)
            return false;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(Eventually.DefaultTimeout);
        return true;
    }

    private void CompleteWaiting()
    {
        (var served, _waiting) = (_waiting, 0);
        _delay.OnCompleted(served);
    }

    private void Complete(int concurrent)
    {
        for (var work = 0; work < 100; work++)
            _delay.OnCompleted(concurrent);
    }

    private void Arrive(int more)
    {
        for (var n = 0; n < more; n++)
        {
            _waiting++;
            _delay.OnEnqueued();
        }
    }
}
