namespace Fib.Tests.Deploy;

/// <summary>deploy/beanstalk.sh: what it refuses before AWS hears of it.</summary>
public sealed class BeanstalkRefusalTests : IDisposable
{
    private readonly DeployScript _script = new();

    public void Dispose() => _script.Dispose();

    [Theory]
    [InlineData("has no docker-compose.yml at its top level", "bundle/docker-compose.yml")]
    [InlineData("has no docker-compose.yml at its top level", "docker-compose.yaml", "Dockerrun.aws.json")]
    [InlineData("contains a .env", "docker-compose.yml", ".env")]
    [InlineData("contains a .env", "docker-compose.yml", "config/.env")]
    public async Task WrongBundle_IsRefused(string reason, params string[] files) => await RefusesAsync(reason, _script.Bundle("fib-2.zip", files));

    [Fact]
    public async Task NoZip_IsRefused()
    {
        File.WriteAllText(_script.PathOf("fib-2.zip"), "docker-compose.yml");
        await RefusesAsync("is no zip", _script.PathOf("fib-2.zip"));
    }

    [Fact]
    public async Task NoFile_IsRefused() => await RefusesAsync("there is no file", _script.PathOf("none.zip"));

    [Fact]
    public async Task LargerThan512Megabytes_IsRefused()
    {
        using (var file = File.Create(_script.PathOf("large.zip")))
            file.SetLength((512L * 1024 * 1024) + 1);
        await RefusesAsync("is larger than 512 MB", _script.PathOf("large.zip"));
    }

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
