using System.Net;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Stores;
using Fib.Rehearsal;
using Fib.Rehearsal.Checks;
using Fib.Tests.Support;

namespace Fib.Tests.System.LocalSystem;

[Trait(Category.Name, Category.System)]
public sealed class StoresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("fib-stores-");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Postgres_WithCertificate_AcceptsOnlyTls()
    {
        var certificate = TestCertificateAuthority.Create(_folder.Path, IPAddress.Loopback);
        var settings = new StoreSettings(_folder.Path, _folder.Path, IPAddress.Loopback, certificate);
        await using var postgres = await PostgresServer.StartAsync(settings, CancellationToken.None);
        await postgres.ExecuteAsync("SELECT 1", CancellationToken.None);
        Assert.True(await TlsCheck.RejectsPlaintextAsync(postgres.ConnectionString, CancellationToken.None));
    }

    [Fact]
    public async Task Redis_WithCertificate_RespondsOverTls()
    {
        var certificate = TestCertificateAuthority.Create(_folder.Path, IPAddress.Loopback);
        var settings = new StoreSettings(_folder.Path, _folder.Path, IPAddress.Loopback, certificate);
        await using var redis = await RedisServer.StartAsync(settings, keepsData: false, CancellationToken.None);
        Assert.Equal("1", await redis.ExecuteAsync(CancellationToken.None, "incr", "n"));
    }

    [Theory]
    [InlineData(true, "1")]
    [InlineData(false, "")]
    public async Task Redis_Killed_KeepsItsDataIfConfigured(bool keepsData, string expected)
    {
        var settings = new StoreSettings(_folder.Path, _folder.Path, IPAddress.Loopback);
        await using var redis = await RedisServer.StartAsync(settings, keepsData, CancellationToken.None);
        await redis.ExecuteAsync(CancellationToken.None, "set", "a", "1");
        await redis.Process.KillAsync();
        Assert.False(redis.Process.IsRunning);
        await redis.Process.StartAsync(CancellationToken.None);
        await redis.Process.WaitHealthyAsync(CancellationToken.None);
        Assert.Equal(expected, await redis.ExecuteAsync(CancellationToken.None, "get", "a"));
    }

    [Fact]
    public async Task Postgres_KilledWhileStopped_KeepsCommittedData()
    {
        var settings = new StoreSettings(_folder.Path, _folder.Path, IPAddress.Loopback);
        await using var postgres = await PostgresServer.StartAsync(settings, CancellationToken.None);
        await postgres.ExecuteAsync("CREATE TABLE t AS SELECT 1 AS n", CancellationToken.None);
        postgres.Process.Stop();
        using (var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(300)))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => postgres.Process.IsHealthyAsync(deadline.Token));
        await postgres.Process.KillAsync();
        await postgres.Process.StartAsync(CancellationToken.None);
        await postgres.Process.WaitHealthyAsync(CancellationToken.None);
        await postgres.ExecuteAsync("SELECT n FROM t", CancellationToken.None);
    }
}
