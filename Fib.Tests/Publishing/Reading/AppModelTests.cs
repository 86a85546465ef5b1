using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.Hosting.ElasticBeanstalk.Validation;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;

namespace Fib.Tests.Publishing.Reading;

/// <summary>A small app model in publish mode, read as a bundle.</summary>
public abstract class AppModelTests
{
    protected AppModelTests() =>
        Environment = Builder.AddElasticBeanstalkEnvironment("cloud").WithProperties(
            environment => (environment.Application, environment.Tag, environment.Registry) = ("store", "1.0", "registry.example.com"));

    private protected IDistributedApplicationBuilder Builder { get; } = DistributedApplication.CreateBuilder(
        ["--operation", "publish", "--step", "publish"]);

    private protected IResourceBuilder<ElasticBeanstalkEnvironmentResource> Environment { get; }

    private protected IResourceBuilder<ContainerResource> AddShop() =>
        Builder.AddContainer("shop", "docker.io/acme/shop", "2.1").WithHttpEndpoint(targetPort: 8080);

    private protected IResourceBuilder<ContainerResource> AddFront() =>
        Builder.AddContainer("front", "docker.io/acme/front", "2.1").WithHttpEndpoint(targetPort: 80);

    /// <summary>A project with the endpoints http and https, as Aspire gives every web project.</summary>
    private protected IResourceBuilder<ProjectResource> AddProject(string name) =>
        Builder.AddProject(name, Path.Combine(Support.Repository.Root, "Fib.Web", "Fib.Web.csproj"));

    private protected async Task<Bundle> ReadAsync()
    {
        var (bundle, problems) = await ReadWithProblemsAsync();
        Assert.DoesNotContain(problems, problem => !problem.IsWarning);
        return bundle;
    }

    /// <summary>The bundle, and the problems of the app model.</summary>
    private protected async Task<(Bundle Bundle, IReadOnlyList<Problem> Problems)> ReadWithProblemsAsync()
    {
        var model = new DistributedApplicationModel(Builder.Resources);
        var (bundle, deployed, unread) = await BundleReader.ReadAsync(
            Environment.Resource, model, Builder.ExecutionContext, CancellationToken.None);
        return (bundle, [.. unread, .. AppModelChecks.Find(Environment.Resource, model, deployed)]);
    }

    private protected async Task<IEnumerable<string>> ProblemsAsync() =>
        (await ReadWithProblemsAsync()).Problems.Select(problem => $"{(problem.IsWarning ? "warning: " : "")}{problem}");
}
