using Fib.Redis.Connection;

namespace Fib.Tests.Unit.Redis.Connection;

public sealed class RedisFailureTests
{
    [Fact]
    public async Task CommandThatTheClientCanceled_IsAnOutage()
    {
        // As StackExchange.Redis ends commands of a connection that it loses.
        var command = new TaskCompletionSource();
        command.SetCanceled(CancellationToken.None);

        var failure = await Assert.ThrowsAsync<TaskCanceledException>(() => command.Task);

        Assert.True(RedisFailure.IsTransient(failure));
        Assert.Equal("the connection was lost", RedisFailure.Describe(failure));
    }

    [Fact]
    public async Task WaitThatTheCallerCanceled_IsNoFailureOfRedis()
    {
        var failure = await Assert.ThrowsAsync<TaskCanceledException>(() => Task.Delay(1, new CancellationToken(canceled: true)));

        Assert.False(RedisFailure.Is(failure));
    }
}
