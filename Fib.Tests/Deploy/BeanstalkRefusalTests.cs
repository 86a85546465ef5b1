namespace Fib.Tests.Deploy;

/// <summary>deploy/beanstalk.sh: what it refuses before AWS hears of it.</summary>
public sealed class BeanstalkRefusalTests : IDisposable
{
    private readonly DeployScript _script = new();

    public void Dispose() => _script.Dispose();

    [Theory]
    [InlineData("AWS_REGION", "")]
    [InlineData("EB_BUCKET", "$(EB_BUCKET)")]
    [InlineData("AWS_SECRET_KEY", "")]
    public async Task MissingSetting_IsNamed(string name, string value)
    {
        _script.Settings[name] = value;
        await RefusesAsync($"please set {name}: docs/deploy.md", _script.Bundle());
    }

    [Theory]
    [InlineData("DEPLOY_TIMEOUT", "soon", "DEPLOY_TIMEOUT is 'soon': it must be a whole number of seconds.")]
    [InlineData("VERSION_LABEL", "a/b", "VERSION_LABEL is 'a/b'")]
    public async Task WrongSetting_IsNamed(string name, string value, string reason)
    {
        _script.Settings[name] = value;
        await RefusesAsync(reason, _script.Bundle());
    }

    [Fact]
    public async Task NoArgument_SaysWhatIsRight() => await RefusesAsync("try: beanstalk.sh BUNDLE.zip");

    private async Task RefusesAsync(string reason, params string[] arguments)
    {
        var (exitCode, output) = await _script.RunAsync("beanstalk.sh", arguments);
        Assert.True(exitCode == 2, output);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.Equal(1, output.Count(character => character == '\n'));
    }
}
