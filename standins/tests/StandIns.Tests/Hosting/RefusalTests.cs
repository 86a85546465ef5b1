using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace StandIns.Tests.Hosting;

/// <summary>What the host cannot do it says before anything starts.</summary>
public class RefusalTests
{
    [Fact]
    public async Task A_container_is_refused_by_name()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddContainer("mail", "mailhog/mailhog");
        builder.AddContainer("queue", "rabbitmq", "4");

        var refusal = await RefusalAsync(builder);

        Assert.Equal("'mail', 'queue' can only run as a container: use the real Aspire packages and a container runtime for that.", refusal);
    }

    [Fact]
    public async Task A_mount_only_a_container_has_is_refused()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("redis").WithVolume("extra", "/etc/redis");

        Assert.StartsWith("'redis' mounts /etc/redis, which needs the real Aspire packages", await RefusalAsync(builder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_in_a_circle_are_refused()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var one = builder.AddExecutable("one", "true", ".");
        var two = builder.AddExecutable("two", "true", ".").WaitFor(one);
        one.WaitFor(two);

        Assert.Equal("These resources wait for each other: one, two.", await RefusalAsync(builder));
    }

    [Fact]
    public async Task A_variable_only_the_image_understands_stops_the_resource_with_a_line()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddPostgres("postgres").WithEnvironment("POSTGRES_DB", "other");
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Deadline.Token);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", Deadline.Token));

        Assert.Contains("failed to start", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(IDistributedApplicationTestingBuilder builder)
    {
        await using var app = await builder.BuildAsync();
        return (await Assert.ThrowsAnyAsync<DistributedApplicationException>(() => app.StartAsync(Deadline.Token))).Message;
    }
}
