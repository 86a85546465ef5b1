using System.Collections.Immutable;
using Fib.LocalSystem.Processes;
using Fib.ServiceDefaults.Batching;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.ServiceDefaults.Batching;

/// <summary>The inputs of calls; <see cref="CoalescedFetchTests"/> has the rest.</summary>
public sealed class CoalescedCallTests
{
    private ImmutableList<(IReadOnlyList<string> Inputs, TaskCompletionSource<string> Result)> _begun = [];

    [Fact]
    public async Task Run_WhileACallIsUnderWay_TheNextHasAllInputsInOrder()
    {
        var call = new CoalescedCall<string, string>(
            inputs =>
            {
                var result = new TaskCompletionSource<string>();
                _begun = _begun.Add((inputs, result));
                return result.Task;
            },
            TimeSpan.FromSeconds(1), new FakeTimeProvider());
        var first = call.RunAsync("a", out var firstPosition);
        var (second, third) = (call.RunAsync("b", out var secondPosition), call.RunAsync("c", out var thirdPosition));
        Assert.Equal(["a"], _begun[0].Inputs);
        Assert.Equal((0, 0, 1), (firstPosition, secondPosition, thirdPosition));

        _begun[0].Result.SetResult("1");
        Assert.Equal("1", await first.WaitAsync(Eventually.DefaultTimeout));
        Assert.True(SpinWait.SpinUntil(() => _begun.Count == 2, Eventually.DefaultTimeout));
        Assert.Equal(["b", "c"], _begun[1].Inputs);
        Assert.Equal(["a"], _begun[0].Inputs);
        _begun[1].Result.SetResult("2");
        Assert.Equal(["2", "2"], await Task.WhenAll(second, third).WaitAsync(Eventually.DefaultTimeout));
    }
}
