using System.Globalization;
using Fib.LocalSystem.Processes;
using Fib.Redis.Connection;
using Fib.ServiceDefaults;
using Fib.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Fib.Tests.System.Redis;

[Trait(Category.Name, Category.System)]
public sealed class FailoverMonitorTests
{
    [Fact]
    public async Task APrimaryBecomesAReplica_TheClientsConnectToTheNewPrimary()
    {
        await using var first = await ScratchRedis.StartAsync();
        await using var second = await ScratchRedis.StartAsync();
        await second.AskAsync("acl", "setuser", "default", $">{Find(first, "REDIS_PASSWORD")}");
        await using var address = new TcpForwarder(Port(first));
        await using var app = Build(first, address);
        await app.StartAsync();
        IConnectionMultiplexer[] connections =
        [
            app.Services.GetRequiredService<IConnectionMultiplexer>(),
            app.Services.GetRequiredKeyedService<IConnectionMultiplexer>("blocking"),
        ];
        foreach (var connection in connections)
            await connection.GetDatabase().StringSetAsync("key", "before");

        await first.AskAsync("replicaof", "127.0.0.1", Port(second).ToString(CultureInfo.InvariantCulture));
        address.Target = Port(second);

        foreach (var connection in connections)
            await Eventually.HoldsAsync("the new primary accepts writes", _ => TryWriteAsync(connection));
        Assert.Equal("after", await second.AskAsync("get", "key"));
        await app.StopAsync();
    }

    private static async Task<bool> TryWriteAsync(IConnectionMultiplexer connection)
    {
        try
        {
            return await connection.GetDatabase().StringSetAsync("key", "after");
        }
        catch (Exception exception) when (exception is RedisException or RedisCommandException or TimeoutException)
        {
            return false;
        }
    }

    private static WebApplication Build(ScratchRedis redis, TcpForwarder address)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["REDIS_HOST"] = "127.0.0.1",
            ["REDIS_PORT"] = address.Port.ToString(CultureInfo.InvariantCulture),
            ["REDIS_PASSWORD"] = Find(redis, "REDIS_PASSWORD"),
        });
        builder.AddServiceDefaults();
        builder.AddRedis("redis", "blocking");
        return builder.Build();
    }

    private static int Port(ScratchRedis redis) => int.Parse(Find(redis, "REDIS_PORT"), CultureInfo.InvariantCulture);

    private static string Find(ScratchRedis redis, string name) => redis.Server.Properties.Single(property => property.Key == name).Value;
}
