using Fib.LocalSystem.Processes;
using Fib.ServiceDefaults.Batching;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.ServiceDefaults.Batching;

public sealed class BatchingDelayTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly BatchingDelay _gathering;
    private int _waiting;

    public BatchingDelayTests() => _gathering = new BatchingDelay(() => _waiting, 0.75, _time);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(32, 24)]
    [InlineData(32, 100)]
    public void Wait_AloneOrWithMostOfThemHere_IsOver(int together, int waiting)
    {
        Reckon(together);
        _waiting = waiting;
        Assert.True(_gathering.WaitAsync().IsCompleted);
    }

    [Fact]
    public async Task Wait_OfMany_IsOverWithMostOfThem()
    {
        Reckon(32);
        Arrive(1);
        var wait = _gathering.WaitAsync();
        Arrive(22);
        Assert.False(wait.IsCompleted);

        Arrive(1);
        await wait.WaitAsync(Eventually.DefaultTimeout);
    }

    [Fact]
    public async Task Wait_OfManyThatDoNotComeBack_IsOverWhenTimeIsUp()
    {
        Reckon(32);
        Arrive(3);
        var wait = _gathering.WaitAsync();
        Assert.False(wait.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(Eventually.DefaultTimeout);
    }

    [Fact]
    public async Task Wait_AfterManyHaveLeft_IsNoneAgain()
    {
        Reckon(32);
        var delayed = 0;
        for (_waiting = 1; await IsDelayedAsync(); _waiting = 1)
        {
            Assert.InRange(++delayed, 1, 12);
            CompleteAll();
        }

        Assert.InRange(delayed, 5, 12);
    }

    /// <summary>Of 32, only 16 are seen at the end of each work: the answers and the next requests of the others are under way.</summary>
    [Fact]
    public async Task Wait_WithManyUnderWay_KeepsTheTarget()
    {
        Reckon(32);
        for (var work = 0; work < 20; work++)
        {
            _waiting = 24;
            Assert.True(_gathering.WaitAsync().IsCompleted);
            _waiting = 0;
            _gathering.OnCompleted(16);
        }

        _waiting = 22;
        Assert.True(await IsDelayedAsync());
    }

    [Fact]
    public void Wait_AfterAQuietSecond_IsNoneAgain()
    {
        Reckon(32);
        _waiting = 1;
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.True(_gathering.WaitAsync().IsCompleted);
    }

    [Fact]
    public void Reckon_ThoseWhoWaitMeanwhile_AreCountedToo()
    {
        _waiting = 16;
        Reckon(16);
        _waiting = 23;
        Assert.False(_gathering.WaitAsync().IsCompleted);
    }

    /// <summary>Waits until the delay expires.</summary>
    /// <returns>False if there was none.</returns>
    private async Task<bool> IsDelayedAsync()
    {
        var wait = _gathering.WaitAsync();
        if (wait.IsCompleted)
            return false;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(Eventually.DefaultTimeout);
        return true;
    }

    private void CompleteAll()
    {
        (var served, _waiting) = (_waiting, 0);
        _gathering.OnCompleted(served);
    }

    private void Reckon(int together)
    {
        for (var work = 0; work < 100; work++)
            _gathering.OnCompleted(together);
    }

    private void Arrive(int more)
    {
        for (var n = 0; n < more; n++)
        {
            _waiting++;
            _gathering.OnEnqueued();
        }
    }
}
