using System.Globalization;
using System.Net;
using Fib.AppHost;
using Fib.AppHost.Stores;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.System.AppHost;

/// <summary>The script that runs a store as a process.</summary>
[Trait(Category.Name, Category.System)]
public sealed class StartStoreTests : IDisposable
{
    private const string Password = "secret";

    private readonly TemporaryFolder _folder = new("fib-store-");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("redis", "redis-server")]
    [InlineData("postgres", "postgres")]
    public async Task Start_ServerOfAKilledShellStillRuns_WaitsUntilItHasEnded(string store, string program)
    {
        await using var killed = await StartAsync(store, "killed");
        await UntilReadyAsync(killed);
        var server = ChildrenOf(killed).Single(child => child.Name == program).Id;
        try
        {
            Signals.Send(killed.Id, Signals.Kill);

            await using var next = await StartAsync(store, "next");
            Assert.Equal("sleep", await Eventually.FindAsync(
                "the shell waits or starts a server", _ => Task.FromResult(FindChild(next, "sleep", program))));

            Signals.Send(server, Signals.Interrupt);
            await UntilReadyAsync(next);
            Assert.False(ProcessTree.IsRunning(server));
        }
        finally
        {
            Signals.Send(server, Signals.Kill);
        }
    }

    [Fact]
    public async Task Start_NewCluster_HasALocaleOfEveryOperatingSystem()
    {
        var port = FreePort.Find(IPAddress.Loopback);
        await using var postgres = await StartAsync("postgres", "postgres", port);
        await UntilReadyAsync(postgres);

        await using var source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={port};Username=postgres;Password={Password};Database={ResourceNames.Database}");
        await using var command = source.CreateCommand(
            """
            SELECT concat_ws(' ', datcollate, datctype, pg_encoding_to_char(encoding))
            FROM pg_database
            WHERE datname = current_database()
            """);
        Assert.Equal("C C UTF8", await command.ExecuteScalarAsync());
    }

    private Task<LocalProcess> StartAsync(string store, string name) => StartAsync(store, name, FreePort.Find(IPAddress.Loopback));

    private async Task<LocalProcess> StartAsync(string store, string name, int port)
    {
        var process = new LocalProcess(
            new ProcessSpec(name, "/bin/sh", Path.Combine(Repository.Root, "Fib.AppHost", "Stores", "start-store.sh"))
            {
                Log = Path.Combine(_folder.Path, $"{name}.log"),
                Variables =
                [
                    new("STORE", store), new("STORE_DATA", Path.Combine(_folder.Path, store)), new("STORE_OWNER", ""),
                    new("STORE_PORT", port.ToString(CultureInfo.InvariantCulture)), new("STORE_PASSWORD", Password),
                    new("POSTGRES_BIN", StorePrograms.PostgresFolder!), new("STORE_DATABASE", ResourceNames.Database),
                ],
            },
            _ => Task.FromResult(true));
        await process.StartAsync(TestContext.Current.CancellationToken);
        return process;
    }

    private static Task UntilReadyAsync(LocalProcess shell) =>
        Eventually.HoldsAsync($"the server of {shell.Name} is ready", async token =>
        {
            var log = File.Exists(shell.Log) ? await File.ReadAllTextAsync(shell.Log, token) : "";
            Assert.True(shell.IsRunning, log);
            return log.Contains("ready to accept connections", StringComparison.OrdinalIgnoreCase);
        });

    /// <summary>The name of a child that runs one of the programs, or null if none does yet.</summary>
    private static string? FindChild(LocalProcess shell, params string[] programs)
    {
        Assert.True(shell.IsRunning);
        return ChildrenOf(shell).Select(child => child.Name).FirstOrDefault(programs.Contains);
    }

    private static IEnumerable<(int Id, string? Name)> ChildrenOf(LocalProcess shell) =>
        ProcessTree.ChildrenOf(shell.Id).Select(id => (id, ProcessTree.ReadName(id)));
}
