namespace Fib.Tests.Deployment;

/// <summary>deploy/beanstalk.sh rejects wrong settings and arguments before it calls AWS.</summary>
public sealed class BeanstalkRefusalTests : IDisposable
{
    private readonly DeployScript _script = new();

    public void Dispose() => _script.Dispose();

    [Theory]
    [InlineData("AWS_REGION", "")]
    [InlineData("EB_BUCKET", "$(EB_BUCKET)")]
    [InlineData("AWS_SECRET_KEY", "")]
    public async Task MissingSetting_IsReported(string name, string value)
    {
        _script.Settings[name] = value;
        await RejectsAsync($"please set {name}: docs/deploy.md", _script.Bundle());
    }

    [Theory]
    [InlineData("DEPLOY_TIMEOUT", "soon", "DEPLOY_TIMEOUT is 'soon': it must be a whole number of seconds.")]
    [InlineData("VERSION_LABEL", "a/b", "VERSION_LABEL is 'a/b'")]
    public async Task InvalidSetting_IsReported(string name, string value, string reason)
    {
        _script.Settings[name] = value;
        await RejectsAsync(reason, _script.Bundle());
    }

    [Fact]
    public async Task NoArgument_PrintsTheUsage() => await RejectsAsync("usage: beanstalk.sh BUNDLE.zip");

    private async Task RejectsAsync(string reason, params string[] arguments)
    {
        var (exitCode, output) = await _script.RunAsync("beanstalk.sh", arguments);
        Assert.True(exitCode == 2, output);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.Equal(1, output.Count(character => character == '\n'));
    }
}
