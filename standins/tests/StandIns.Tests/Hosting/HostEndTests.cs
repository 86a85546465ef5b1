using System.Globalization;

namespace StandIns.Tests.Hosting;

/// <summary>The sample app host, run and ended as a user does.</summary>
public class HostEndTests
{
    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task However_the_host_ends_nothing_it_started_is_left(string signal)
    {
        await using var host = await HostProcess.StartHealthyAsync("--Port", FreePort.Find().ToString(CultureInfo.InvariantCulture));
        Assert.True(host.Others().Count >= 11, $"redis, postgres and its workers, four projects, the watchdog, but there are {host.Others().Count}");
        var folder = TempFolderOf(host);

        host.Signal(signal);
        var code = await host.EndedAsync();

        Assert.Equal(signal == "KILL" ? 137 : 0, code);
        await Deadline.UntilAsync(() => host.Others().Count == 0, "the end of all it started");
        await Deadline.UntilAsync(() => !Directory.Exists(folder), "the removal of its data");
    }

    // The database's data is in a folder that goes with the run; its path is on the server's command line.
    private static string TempFolderOf(HostProcess host)
    {
        var server = host.Others().Select(e => File.ReadAllText($"/proc/{e.Id}/cmdline").Split('\0')).Single(c => c[0].EndsWith("/postgres", StringComparison.Ordinal));
        var folder = Path.GetDirectoryName(server[Array.IndexOf(server, "-D") + 1])!;
        Assert.True(Directory.Exists(folder));
        return folder;
    }
}
