using System.Net;
using System.Net.Sockets;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.AppHost;

/// <summary>An invalid setting ends the AppHost with one line and the exit code 78.</summary>
[Trait(Category.Name, Category.System)]
public sealed class AppHostSettingsTests
{
    [Theory]
    [InlineData("--port", "http", "Port")]
    [InlineData("--port", "65536", "Port")]
    [InlineData("--workers", "0", "Workers")]
    [InlineData("--stores", "boxes", "Stores")]
    [InlineData("--beanstalk:Gateway", "apache", "beanstalk:Gateway")]
    public async Task Start_MalformedSetting_IsOneLineThatNamesIt(string option, string value, string setting) =>
        Assert.StartsWith($"fib: {setting} is '{value}'", await HostProcess.ReadErrorAsync(option, value), StringComparison.Ordinal);

    [Fact]
    public async Task Start_PortInUse_IsOneLineThatNamesTheProcess()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";
        var line = await HostProcess.ReadErrorAsync("--port", port);
        Assert.StartsWith($"fib: Port {port} is in use by ", line, StringComparison.Ordinal);
        Assert.Contains($"(process {Environment.ProcessId})", line, StringComparison.Ordinal);
        Assert.Contains("--data", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    public async Task Start_UnusableDataFolder_IsOneLineThatNamesIt(string name)
    {
        using var folder = new TemporaryFolder("fib-data-");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "file"), "");
        var data = Path.Combine(folder.Path, name);
        Assert.StartsWith(
            $"fib: The data folder {data} is unusable: ", await HostProcess.ReadErrorAsync("--data", data), StringComparison.Ordinal);
    }
}
