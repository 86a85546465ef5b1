using System.Net;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Stores;
using Fib.Rehearsal;
using Fib.Rehearsal.Checks;
using Fib.Tests.Support;

namespace Fib.Tests.LocalSystem;

[Trait(Category.Name, Category.System)]
public sealed class StoresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("fib-stores-");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Postgres_WithACertificate_LetsOnlyTlsIn()
    {
        var place = new StorePlace(_folder.Path, _folder.Path, IPAddress.Loopback, TestCertificateAuthority.Create(_folder.Path, IPAddress.Loopback));
        await using var postgres = await PostgresServer.StartAsync(place, CancellationToken.None);
        await postgres.ExecuteAsync("SELECT 1", CancellationToken.None);
        Assert.True(await TlsCheck.RejectsPlaintextAsync(postgres.ConnectionString, CancellationToken.None));
    }

    [Fact]
    public async Task Redis_WithACertificate_AnswersOverTls()
    {
        var place = new StorePlace(_folder.Path, _folder.Path, IPAddress.Loopback, TestCertificateAuthority.Create(_folder.Path, IPAddress.Loopback));
        await using var redis = await RedisServer.StartAsync(place, keepsData: false, CancellationToken.None);
        Assert.Equal("1", await redis.AskAsync(CancellationToken.None, "incr", "n"));
    }

    [Theory]
    [InlineData(true, "1")]
    [InlineData(false, "")]
    public async Task Redis_Killed_HasItsDataAgainWhereItKeepsIt(bool keepsData, string expected)
    {
        await using var redis = await RedisServer.StartAsync(new StorePlace(_folder.Path, _folder.Path, IPAddress.Loopback), keepsData, CancellationToken.None);
        await redis.AskAsync(CancellationToken.None, "set", "a", "1");
        await redis.Process.KillAsync();
        Assert.False(redis.Process.IsRunning);
        await redis.Process.StartAsync(CancellationToken.None);
        await redis.Process.WaitHealthyAsync(CancellationToken.None);
        Assert.Equal(expected, await redis.AskAsync(CancellationToken.None, "get", "a"));
    }

    [Fact]
    public async Task Postgres_KilledWhileStopped_HasWhatWasCommitted()
    {
        await using var postgres = await PostgresServer.StartAsync(new StorePlace(_folder.Path, _folder.Path, IPAddress.Loopback), CancellationToken.None);
        await postgres.ExecuteAsync("CREATE TABLE t AS SELECT 1 AS n", CancellationToken.None);
        postgres.Process.Stop();
        using (var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(300)))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => postgres.Process.AnswersAsync(deadline.Token));
        await postgres.Process.KillAsync();
        await postgres.Process.StartAsync(CancellationToken.None);
        await postgres.Process.WaitHealthyAsync(CancellationToken.None);
        await postgres.ExecuteAsync("SELECT n FROM t", CancellationToken.None);
    }
}
