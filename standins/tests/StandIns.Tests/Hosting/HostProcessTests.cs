using System.Globalization;

namespace StandIns.Tests.Hosting;

/// <summary>The sample app host as a process: what it prints, and what a second one says.</summary>
public sealed class HostProcessTests(HostProcessTests.Fixture fixture) : IClassFixture<HostProcessTests.Fixture>
{
    private HostProcess First => fixture.Host;

    [Fact]
    public void Every_line_has_its_resource_and_the_table_has_every_resource()
    {
        Assert.StartsWith("Stand-in host: ", First.Output.First(), StringComparison.Ordinal);
        Assert.Contains(First.Output, l => l.StartsWith("api             | ", StringComparison.Ordinal) && l.Contains("Now listening on", StringComparison.Ordinal));
        foreach (var resource in (string[])["postgres", "redis", "values", "api", "worker-", "gateway"])
            Assert.Contains(First.Output, l => l.StartsWith("  " + resource, StringComparison.Ordinal) && l.Contains("Healthy", StringComparison.Ordinal));
        Assert.Contains(First.Output, l => l.StartsWith("  gateway", StringComparison.Ordinal) && l.EndsWith($"http://localhost:{fixture.Port}", StringComparison.Ordinal));
        Assert.DoesNotContain(First.Output, l => l.Contains('\e', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_host_says_in_one_line_who_holds_the_port_and_the_first_goes_on()
    {
        await using var second = HostProcess.Start("--Port", fixture.Port);

        Assert.Equal(1, await second.EndedAsync());
        Assert.Matches($@"^Port {fixture.Port} of 'gateway' is in use by pid \d+ \(.*Sample\.Web\.dll.*\)\.$", Assert.Single(second.Errors, l => l.Length > 0));
        await Deadline.UntilAsync(() => second.Others().Count == 0, "the end of the second host's watchdog");
        using var client = new HttpClient();
        Assert.True((await client.GetAsync(new Uri($"http://localhost:{fixture.Port}/health"))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_second_host_says_in_one_line_who_holds_the_data()
    {
        await using var second = HostProcess.Start("--Port", FreePort.Find().ToString(CultureInfo.InvariantCulture), "--Data", fixture.Data);

        Assert.Equal(1, await second.EndedAsync());
        Assert.StartsWith(
            $"The data of 'postgres' in {fixture.Data}/postgres is in use by pid {First.Id} (", Assert.Single(second.Errors, l => l.Length > 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_publisher_is_refused_in_one_line()
    {
        await using var host = HostProcess.Start("--publisher", "manifest", "--output-path", "/nowhere");

        Assert.Equal(1, await host.EndedAsync());
        Assert.Contains("manifest publisher", Assert.Single(host.Errors, l => l.Length > 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_step_fails_with_the_steps_there_are()
    {
        await using var host = HostProcess.Start("--operation", "publish", "--step", "nonsense");

        Assert.Equal(1, await host.EndedAsync());
        Assert.Contains(host.Output.Concat(host.Errors), l => l.Contains("Step 'nonsense' not found in pipeline. Available steps: 'before-start', 'build'", StringComparison.Ordinal));
    }

    public sealed class Fixture : IAsyncLifetime, IDisposable
    {
        private readonly TempFolder _data = new();

        internal HostProcess Host { get; private set; } = null!;

        internal string Port { get; } = FreePort.Find().ToString(CultureInfo.InvariantCulture);

        internal string Data => _data.Path;

        public async Task InitializeAsync() => Host = await HostProcess.StartHealthyAsync("--Port", Port, "--Data", Data);

        public async Task DisposeAsync() => await Host.DisposeAsync();

        public void Dispose() => _data.Dispose();
    }
}
