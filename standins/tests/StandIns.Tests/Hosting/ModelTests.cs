using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace StandIns.Tests.Hosting;

/// <summary>What the model says without being run, as a publisher reads it.</summary>
public class ModelTests
{
    [Theory]
    [InlineData("", 0x02CC5D05u)]
    [InlineData("a", 0x550D7456u)]
    [InlineData("abc", 0x32D153FFu)]
    [InlineData("Nobody inspects the spammish repetition", 0xE2293B2Fu)]
    public void The_hash_of_conditional_names_is_xxHash32(string text, uint hash) => Assert.Equal(hash, XxHash32.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void An_expression_keeps_its_values_apart_from_its_text()
    {
        var builder = Publish();
        var host = builder.AddParameter("host");
        var key = builder.AddParameter("key", secret: true);

        var expression = ReferenceExpression.Create($"http://{host}/{{x}}?key={key:uri}&{"a b":uri}");

        Assert.Equal("http://{0}/{{x}}?key={1}&a%20b", expression.Format);
        Assert.Equal(["{host.value}", "{key.value}"], expression.ManifestExpressions);
        Assert.Equal([null, "uri"], expression.StringFormats);
        Assert.Equal("http://{host.value}/{x}?key={key.value}&a%20b", expression.ValueExpression);
    }

    [Fact]
    public async Task Variables_are_symbolic_when_published()
    {
        var builder = Publish();
        var postgres = builder.AddPostgres("postgres").AddDatabase("values");
        var host = builder.AddParameter("host");
        var web = builder.AddProject("web", new Projects.Sample_Web().ProjectPath).WithReference(postgres).WithEnvironment("REDIS_HOST", host).WithEnvironment("PLAIN", "text");

        var result = await ExecutionConfigurationBuilder.Create(web.Resource).WithEnvironmentVariablesConfig().BuildAsync(builder.ExecutionContext);

        var variables = result.EnvironmentVariables.ToDictionary();
        Assert.Equal("{values.connectionString}", variables["ConnectionStrings__values"]);
        Assert.Equal("{postgres.bindings.tcp.host}", variables["VALUES_HOST"]);
        Assert.Equal("{host.value}", variables["REDIS_HOST"]);
        Assert.Equal("{web.bindings.http.targetPort}", variables["HTTP_PORTS"]);
        Assert.Equal("text", variables["PLAIN"]);
        Assert.Equal("true", variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
        Assert.DoesNotContain("ASPNETCORE_URLS", variables.Keys);
        Assert.Equal(["http", "https"], web.Resource.GetEndpoints().Select(e => e.EndpointName));
    }

    [Fact]
    public void Stores_are_containers_to_a_publisher()
    {
        var builder = Publish();
        var redis = builder.AddRedis("redis").WithDataVolume();

        Assert.True(redis.Resource.TryGetContainerImageName(out var image));
        Assert.Equal("docker.io/library/redis:8.6", image);
        var mount = Assert.Single(redis.Resource.Annotations.OfType<ContainerMountAnnotation>());
        Assert.Matches("^standins\\.tests-[0-9a-f]{10}-redis-data$", mount.Source);
        Assert.Equal("/data", mount.Target);
    }

    [Fact]
    public async Task Redis_is_started_by_a_shell_line_when_published()
    {
        var builder = Publish();
        var redis = builder.AddRedis("redis").WithPersistence();

        var result = await ExecutionConfigurationBuilder.Create(redis.Resource).WithArgumentsConfig().BuildAsync(builder.ExecutionContext);

        Assert.Equal(["-c", "redis-server --requirepass $REDIS_PASSWORD --save 60 1"], result.Arguments.Select(a => a.Value));
        Assert.Equal("/bin/sh", redis.Resource.Entrypoint);
    }

    [Theory]
    [InlineData("Api")]
    [InlineData("9api")]
    [InlineData("a--b")]
    [InlineData("a_b")]
    public void Names_must_be_new_and_well_formed(string name)
    {
        var builder = Publish();
        builder.AddParameter("api");

        Assert.ThrowsAny<Exception>(() => builder.AddParameter(name));
    }

    [Fact]
    public async Task A_missing_parameter_names_its_key()
    {
        var parameter = DistributedApplicationTestingBuilder.Create().AddParameter("my-host");

        var missing = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await parameter.Resource.GetValueAsync(default));

        Assert.Contains("Parameters:my-host", missing.Message, StringComparison.Ordinal);
    }

    private static IDistributedApplicationTestingBuilder Publish() => DistributedApplicationTestingBuilder.Create("--operation", "publish", "--step", "publish");
}
