using Aspire.Hosting;
using Fib.LocalSystem.Processes;
using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;
using Fib.Tests.Support;

namespace Fib.Tests.Publishing;

/// <summary>
/// Runs the bundle of an independent application as the Docker platform does: its page answers on port 80, and reaches Redis and the api.
/// </summary>
[Trait("Category", "Containers")]
[Collection(nameof(ContainerTests))]
public sealed class ForeignRehearsalTests : IDisposable
{
    private const string AspNet = "fib-offline/aspnet:10.0";
    private const string Nginx = "fib-offline/nginx:1.22";
    private const string Redis = "docker.io/library/redis:8.6";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("foreign-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Starter_OnTheDockerPlatform_AnswersThroughPort80()
    {
        await PrepareAsync(Redis);
        using var sample = new SampleHost("Starter");
        var (exitCode, output) = await sample.RunAsync("publish", "--eb:Tag", "rehearsal", "--eb:ImagePrefix", "starter-");
        Assert.True(exitCode == 0, output);

        await RunAsync(Path.Combine(sample.Directory, "app-rehearsal.zip"), new() { ["CACHE_PASSWORD"] = "a1B2c3" }, async client =>
        {
            Assert.Contains("Visit 1<", await GetAsync(client, "/"), StringComparison.Ordinal);
            Assert.Contains("Visit 2<", await GetAsync(client, "/"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task SeveralExternalResources_BehindTheOfficialNginxImage_AnswerThroughPort80()
    {
        await PrepareAsync(Nginx);
        var output = Path.Combine(_directory.FullName, "out");
        var builder = DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "publish", "--output-path", output]);
        var api = builder.AddContainer(
            "apiservice", "starter-apiservice", "rehearsal").WithHttpEndpoint(targetPort: 8080).WithExternalHttpEndpoints();
        var other = builder.AddContainer(
            "other", "starter-apiservice", "rehearsal").WithHttpEndpoint(targetPort: 8080).WithExternalHttpEndpoints();
        builder.AddElasticBeanstalkEnvironment("eb").WithProperties(
            environment => (environment.Tag, environment.NginxBaseImage) = ("rehearsal", Nginx))
            .PublishAsNginx([new("/api", api) { PathRemovePrefix = "/api" }, new("/", other)]);
        await builder.Build().RunAsync();
        var zip = Path.Combine(output, "app-rehearsal.zip");
        Assert.True(File.Exists(zip));

        await RunAsync(zip, [], async client =>
        {
            Assert.Contains("Freezing", await GetAsync(client, "/api/weatherforecast"), StringComparison.Ordinal);
            Assert.Contains("Freezing", await GetAsync(client, "/weatherforecast"), StringComparison.Ordinal);
        });
    }

    private async Task PrepareAsync(string needed)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The rehearsal needs root.");
        Assert.SkipUnless(await ContainerEngine.AnswersAsync(), ContainerEngine.WhyMissing);
        await BuildMissingAsync(AspNet);
        await BuildMissingAsync(needed, "stores");
        await BuildAsync("ApiService", "starter-apiservice:rehearsal");
        await BuildAsync("Web", "starter-webfrontend:rehearsal");
    }

    private static async Task BuildMissingAsync(string image, params string[] arguments)
    {
        if (!await Engine.HasImageAsync(image, CancellationToken.None))
            await RunAsync(Path.Combine(Repository.Root, "deploy", "images", "offline", "build"), arguments);
    }

    private async Task BuildAsync(string service, string image)
    {
        var context = Path.Combine(_directory.FullName, service);
        await RunAsync(
            "dotnet", "publish", Path.Combine(Repository.Root, "samples", "Starter", $"Starter.{service}"), "--no-self-contained", "-o",
            context);
        await File.WriteAllTextAsync(
            Path.Combine(context, "Dockerfile"),
            $"FROM {AspNet}\nWORKDIR /app\nUSER 1654\nCOPY . /app\nENTRYPOINT [\"dotnet\", \"/app/Starter.{service}.dll\"]\n");
        await RunAsync("docker", "build", "-q", "-t", image, context);
    }

    private async Task RunAsync(string zip, Dictionary<string, string> properties, Func<HttpClient, Task> check)
    {
        properties["EB_LOG_BASE_DIR"] = _directory.CreateSubdirectory("logs").FullName;
        var bundle = SourceBundle.Unpack(zip, _directory.CreateSubdirectory("current").FullName);
        await bundle.WriteEnvironmentAsync(properties, CancellationToken.None);
        foreach (var stage in (string[])["hooks/prebuild", "hooks/predeploy"])
            await PlatformHooks.RunAsync(bundle, stage, properties, CancellationToken.None);
        await using var project = new ComposeProject(bundle.Directory);
        await project.StartAsync(CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri("http://localhost") };
        await check(client);
    }

    /// <summary>The response of a path, once the services are ready.</summary>
    private static Task<string> GetAsync(HttpClient client, string path) => Eventually.FindAsync($"a response of {path}", async token =>
    {
        using var response = await client.GetAsync(path, token);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(token) : null;
    });

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var result = await new Command(program, arguments).TryRunAsync();
        Assert.True(result.ExitCode == 0, result.Text);
    }
}
