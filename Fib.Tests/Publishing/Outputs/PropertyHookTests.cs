using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Platform;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Publishing.Outputs;

/// <summary>The hook that fails a deployment if a property would break the URI that contains it.</summary>
public sealed class PropertyHookTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("hook-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("a1B2c3-._~", 0)]
    [InlineData("", 0)]
    [InlineData("geheim/1", 1)]
    [InlineData("geheim@1", 1)]
    [InlineData("geheim 1", 1)]
    [global::System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Hook_Value_FailsTheDeploymentUnlessItIsUriSafe(string value, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Hooks are programs of Linux.");
        var (exitCode, output) = await RunAsync(value);
        Assert.Equal(expected, exitCode);
        Assert.Equal(expected == 0 ? "" : "CACHE_PASSWORD is put into a URI: it may contain only letters, digits and - . _ ~.\n", output);
    }

    [Fact]
    [global::System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Hook_SecretAsAVariable_IsChecked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Hooks are programs of Linux.");
        Assert.Equal(1, (await RunAsync("", new() { ["CACHE_PASSWORD"] = "geheim/1" })).ExitCode);
    }

    [global::System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private async Task<(int ExitCode, string Output)> RunAsync(string value, Dictionary<string, string?>? variables = null)
    {
        var property = new EnvironmentProperty("CACHE_PASSWORD", "the password") { UriSafe = true };
        var bundle = Samples.Valid with { Services = [Samples.Shop with { Environment = [Variable.Of(property)] }, Samples.Front] };
        var hook = Hooks.ForCompose(bundle).Single(hook => hook.Path == "prebuild/20_properties.sh");
        var config = Path.Combine(_directory.FullName, "get-config");
        await File.WriteAllTextAsync(config, "#!/bin/sh\nprintf '%s' \"$VALUE\"\n");
        File.SetUnixFileMode(config, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var program = Path.Combine(_directory.FullName, "hook.sh");
        await File.WriteAllTextAsync(program, hook.Text.Replace("/opt/elasticbeanstalk/bin/get-config", config, StringComparison.Ordinal));
        var result = await new Command(
            "bash", program) { Environment = new Dictionary<string, string?>(variables ?? []) { ["VALUE"] = value } }.TryRunAsync();
        return (result.ExitCode, result.Text);
    }
}
