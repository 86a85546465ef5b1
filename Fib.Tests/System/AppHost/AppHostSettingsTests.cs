using System.Net;
using System.Net.Sockets;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.AppHost;

/// <summary>An invalid setting ends the AppHost with one line and the exit code 78.</summary>
[Trait(Category.Name, Category.System)]
public sealed class AppHostSettingsTests
{
    private const int WrongSetting = 78;

    [Theory]
    [InlineData("--port", "http", "Port")]
    [InlineData("--port", "65536", "Port")]
    [InlineData("--workers", "0", "Workers")]
    [InlineData("--stores", "boxes", "Stores")]
    [InlineData("--beanstalk:Gateway", "apache", "beanstalk:Gateway")]
    public async Task Start_MalformedSetting_IsOneLineThatNamesIt(string option, string value, string setting) =>
        Assert.StartsWith($"fib: {setting} is '{value}'", await ReadErrorAsync(option, value), StringComparison.Ordinal);

    [Fact]
    public async Task Start_PortInUse_IsOneLineThatNamesTheProcess()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";
        var line = await ReadErrorAsync("--port", port);
        Assert.StartsWith($"fib: Port {port} is in use by ", line, StringComparison.Ordinal);
        Assert.Contains($"(process {Environment.ProcessId})", line, StringComparison.Ordinal);
    }

    private static async Task<string> ReadErrorAsync(params string[] args)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        var host = new Command("dotnet", [HostProcess.Program, "--stores", "processes", "--data", "none", .. args])
        {
            Directory = HostProcess.Directory,
            Environment = HostProcess.Variables().ToDictionary(variable => variable.Key, variable => (string?)variable.Value),
        };
        var end = await host.TryRunAsync(deadline.Token);
        Assert.Equal(WrongSetting, end.ExitCode);
        return Assert.Single(end.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
