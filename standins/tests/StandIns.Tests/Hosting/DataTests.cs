using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Npgsql;

namespace StandIns.Tests.Hosting;

/// <summary>Data is kept where the model says so; hosts run side by side.</summary>
public class DataTests
{
    [Fact]
    public async Task Kept_data_is_there_in_the_next_run_whose_password_is_another()
    {
        using var data = new TempFolder();
        string? first;
        await using (var app = await StoresAsync(data.Path))
        {
            first = await app.GetConnectionStringAsync("values");
            await SqlAsync(app, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')");
            await RedisAsync(app, "SET kept here");
        }

        await using var again = await StoresAsync(data.Path);

        Assert.NotEqual(first!.Split("Password=")[1], (await again.GetConnectionStringAsync("values"))!.Split("Password=")[1]);
        Assert.Equal("still here", await SqlAsync(again, "SELECT word FROM kept"));
        Assert.Equal("here", await RedisAsync(again, "GET kept"));
    }

    [Fact]
    public async Task Two_hosts_run_side_by_side_on_ports_and_data_of_their_own()
    {
        await using var one = await StoresAsync(null);
        await using var two = await StoresAsync(null);

        await SqlAsync(one, "CREATE TABLE only_here ()");

        Assert.NotEqual(one.GetEndpoint("redis").Port, two.GetEndpoint("redis").Port);
        await Assert.ThrowsAsync<PostgresException>(() => SqlAsync(two, "SELECT * FROM only_here"));
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_password()
    {
        await using var app = await StoresAsync(null);
        var settings = new NpgsqlConnectionStringBuilder(await app.GetConnectionStringAsync("values")) { Password = "guess" };

        await using var connection = new NpgsqlConnection(settings.ConnectionString);

        Assert.Equal("28P01", (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync())).SqlState);
        Assert.Contains("NOAUTH", await RedisClient.AskAsync(app.GetEndpoint("redis").Port, null, "GET x"), StringComparison.Ordinal);
    }

    private static async Task<DistributedApplication> StoresAsync(string? folder)
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var postgres = builder.AddPostgres("postgres");
        postgres.AddDatabase("values");
        var redis = builder.AddRedis("redis");
        if (folder is not null)
        {
            postgres.WithDataBindMount(Path.Combine(folder, "postgres"));
            redis.WithDataBindMount(Path.Combine(folder, "redis"));
        }
        var app = await builder.BuildAsync();
        await app.StartAsync(Deadline.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("values", Deadline.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", Deadline.Token);
        return app;
    }

    private static async Task<object?> SqlAsync(DistributedApplication app, string statement)
    {
        await using var connection = new NpgsqlConnection(await app.GetConnectionStringAsync("values") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<string> RedisAsync(DistributedApplication app, params string[] commands) =>
        await RedisClient.AskAsync(app.GetEndpoint("redis").Port, (await app.GetConnectionStringAsync("redis"))!.Split("password=")[1], commands);
}
