using System.Collections.Concurrent;
using System.Diagnostics;
using Fib.Api.Database;
using Fib.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Fib.Tests.System.Api;

/// <summary>The settings of the api's sessions in PostgreSQL.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class SessionTests(SystemFixture system)
{
    [Theory]
    [InlineData(null, "4 2 3")]
    [InlineData("-c tcp_keepalives_idle=60", "60 2 3")]
    public async Task Session_NoticesAVanishedClientInTenSecondsUnlessSetOtherwise(string? options, string expected)
    {
        await using var database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(Settings.Of(
            ("ConnectionStrings:fibvalues", new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = options }.ConnectionString),
            ("REDIS_HOST", "127.0.0.1")));
        builder.AddDatabase();
        await using var app = builder.Build();
        using var spans = ListenToSpans(out var names);
        using var request = new Activity("request").Start();
        await using var command = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            SELECT concat_ws(' ', current_setting('tcp_keepalives_idle'), current_setting('tcp_keepalives_interval'),
                             current_setting('tcp_keepalives_count'))
            """);
        Assert.Equal(expected, await command.ExecuteScalarAsync());
        Assert.Single(names, (request.TraceId, "SELECT"));
    }

    private static ActivityListener ListenToSpans(out ConcurrentQueue<(ActivityTraceId Trace, string Name)> names)
    {
        var stopped = names = new();
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => stopped.Enqueue((activity.TraceId, activity.DisplayName)),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
