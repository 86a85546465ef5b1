using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary><c>./fib requeue</c>.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class RequeueTests(SystemFixture system)
{
    [Fact]
    public async Task RunningSystem_PrintsTheNumberOfRequeuedIndexes()
    {
        var (exit, output, error) = await RunAsync("--url", system.System.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal((0, ""), (exit, error));
        Assert.Matches(@"^\d+ requeued\n$", output);
    }

    [Fact]
    public async Task NoSystem_IsOneLine() =>
        await AssertErrorAsync(1, "no system answers at http://127.0.0.1:1", "--url", "http://127.0.0.1:1");

    [Theory]
    [InlineData("--url")]
    [InlineData("--url", "localhost")]
    [InlineData("--url", "ftp://localhost")]
    [InlineData("--all")]
    public async Task InvalidArguments_AreOneLineAndExitCode2(params string[] arguments) =>
        await AssertErrorAsync(2, "Try ./fib help.", arguments);

    private static async Task AssertErrorAsync(int code, string part, params string[] arguments)
    {
        var (exit, output, error) = await RunAsync(arguments);
        Assert.Equal((code, ""), (exit, output));
        Assert.Contains(part, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(params string[] arguments) =>
        new Command(Path.Combine(Repository.Root, "fib"), ["requeue", .. arguments]).TryRunAsync();
}
