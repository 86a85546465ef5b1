using System.Globalization;
using Aspire.Hosting.Orchestration;

namespace StandIns.Tests.Hosting;

public sealed class RunLogsTests : IDisposable
{
    private readonly TempFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task RunsThatStartAtOnce_RemoveTheSameOldLogs_AndAllHaveAFolder()
    {
        for (var run = 0; run < 300; run++)
        {
            var old = Directory.CreateDirectory(Path.Combine(_root.Path, string.Create(CultureInfo.InvariantCulture, $"Shop-0-{run}")));
            File.WriteAllText(Path.Combine(old.FullName, "api.log"), "");
        }

        var made = new string[16];
        using var together = new Barrier(made.Length);
        await Task.WhenAll(Enumerable.Range(0, made.Length).Select(n => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                made[n] = RunLogs.Make(_root.Path, "Shop");
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.All(made, folder => Assert.True(Directory.Exists(folder)));
        Assert.Equal(made.Length, made.Distinct().Count());
        Assert.InRange(Directory.GetDirectories(_root.Path).Length, made.Length, RunLogs.Kept + made.Length);
    }
}
