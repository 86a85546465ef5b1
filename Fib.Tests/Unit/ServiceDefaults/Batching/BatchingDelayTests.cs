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
    public void Wait_AfterManyHaveLeft_IsNoneAgain()
    {
        Reckon(32);
        Reckon(2);
        _waiting = 1;
        Assert.True(_gathering.WaitAsync().IsCompleted);
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
