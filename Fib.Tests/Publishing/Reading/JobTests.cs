using Aspire.Hosting;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Validation;
using Fib.Hosting.ElasticBeanstalk.Writing;

namespace Fib.Tests.Publishing.Reading;

/// <summary>Programs that end, and whose completion no resource waits for.</summary>
public sealed class JobTests : AppModelTests
{
    public JobTests()
    {
        AddFront().WithExternalHttpEndpoints();
        Builder.AddContainer("seeder", "docker.io/acme/seeder", "2.1").PublishAsElasticBeanstalkService(service => service.RunsOnce = true);
    }

    [Fact]
    public async Task Render_Job_IsNotStartedAgain()
    {
        Environment.WithTargets(ElasticBeanstalkTargets.Docker | ElasticBeanstalkTargets.EcsManaged);
        var files = BundleRenderer.Render(await ReadAsync()).ToDictionary(file => file.Path, file => file.Text);
        var compose = files["docker-compose.yml"];
        Assert.Contains("restart: always", compose[..compose.IndexOf("seeder:", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("restart: \"no\"", compose[compose.IndexOf("seeder:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        var dockerrun = files.Single(file => file.Key.EndsWith("Dockerrun.aws.json", StringComparison.Ordinal)).Value;
        Assert.Single(dockerrun.Split("restartPolicy").Skip(1));
    }

    [Fact]
    public async Task Find_JobOnPlainEcs_IsReported()
    {
        Environment.WithTargets(ElasticBeanstalkTargets.Docker | ElasticBeanstalkTargets.Ec2);
        Assert.Contains(
            "seeder: wait: it runs once, and a service of plain ECS starts its tasks again",
            string.Join('\n', BundleChecks.Find(await ReadAsync())), StringComparison.Ordinal);
    }
}
