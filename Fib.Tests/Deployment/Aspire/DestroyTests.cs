namespace Fib.Tests.Deployment.Aspire;

/// <summary><c>aspire destroy</c> of a sample.</summary>
public sealed class DestroyTests : IAsyncLifetime
{
    private DeployedSample _sample = null!;

    public async ValueTask InitializeAsync() => _sample = await DeployedSample.CreateAsync();

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    [Fact]
    public async Task Destroy_WithConfirmation_TerminatesTheEnvironmentAndNothingElse()
    {
        _sample.Aws.Answer("TerminateEnvironment", AwsReply.Of("TerminateEnvironment", ""));
        var (exitCode, output) = await _sample.Host.RunAsync("destroy", "--eb:Tag", "2", "--Pipeline:SkipConfirmation", "true");
        Assert.True(exitCode == 0, output);
        Assert.Equal(["TerminateEnvironment"], _sample.Aws.Changes);
        Assert.Equal("app-eb", _sample.Aws.Calls.Single(call => call.Operation == "TerminateEnvironment")["EnvironmentName"]);
    }

    [Theory]
    [InlineData("--eb:EnvironmentNam", "'eb:EnvironmentNam' is not a setting;")]
    [InlineData("--eb:Architecture", "Failed to convert configuration value 'pr-42' at 'eb:Architecture'")]
    public async Task Destroy_WrongSetting_TerminatesNothing(string setting, string reason)
    {
        var (exitCode, output) = await _sample.Host.RunAsync("destroy", setting, "pr-42", "--Pipeline:SkipConfirmation", "true");
        Assert.Equal(1, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.Empty(_sample.Aws.Calls);
    }

    [Fact]
    public async Task Destroy_WithoutConfirmation_TerminatesNothing()
    {
        var (exitCode, output) = await _sample.Host.RunAsync("destroy", "--eb:Tag", "2");
        Assert.Equal(1, exitCode);
        Assert.Contains("app-eb was not terminated: confirm it with --yes.", output, StringComparison.Ordinal);
        Assert.Empty(_sample.Aws.Changes);
    }
}
