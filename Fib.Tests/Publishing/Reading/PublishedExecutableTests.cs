using Aspire.Hosting;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Tests.Publishing.Reading;

/// <summary>
/// An executable with PublishAsDockerFile: Aspire replaces it by a container of the same name, to which references and waits do not change.
/// </summary>
public sealed class PublishedExecutableTests : AppModelTests
{
    [Fact]
    public async Task Read_Reference_ReachesItsContainer()
    {
        var node = Builder.AddExecutable("node", "node", ".").WithHttpEndpoint(env: "PORT").PublishAsDockerFile();
        AddFront().WithReference(node.GetEndpoint("http"));
        var bundle = await ReadAsync();
        Assert.Equal(("PORT", "8080"), Assert.Single(bundle.Find("node")!.Environment.Select(variable => (variable.Name, variable.Text))));
        Assert.Contains(
            ("services__node__http__0", "http://node:8080"),
            bundle.Find("front")!.Environment.Select(variable => (variable.Name, variable.Text)));
        Assert.Equal(["node"], bundle.Find("front")!.Uses);
    }

    [Fact]
    public async Task Read_Waits_AreKept()
    {
        var node = Builder.AddExecutable("node", "node", ".").PublishAsDockerFile();
        var job = Builder.AddExecutable("job", "job", ".").PublishAsDockerFile();
        AddFront().WaitFor(node).WaitForCompletion(job);
        var bundle = await ReadAsync();
        Assert.Equal(
            [new("node", DependencyCondition.Started), new Dependency("job", DependencyCondition.Completed)],
            bundle.Find("front")!.DependsOn.OrderByDescending(dependency => dependency.Service));
        Assert.Equal((false, true), (bundle.Find("node")!.RunsOnce, bundle.Find("job")!.RunsOnce));
    }

    [Fact]
    public async Task Read_EndpointsWithoutPort_GetFreePorts()
    {
        var node = Builder.AddExecutable("node", "node", ".").WithHttpEndpoint(env: "PORT").WithHttpEndpoint(
            name: "metrics", targetPort: 8080).WithHttpEndpoint(name: "admin", env: "ADMIN_PORT").PublishAsDockerFile();
        AddFront().WithReference(node.GetEndpoint("admin"));
        var bundle = await ReadAsync();
        Assert.Equal(
            [("ADMIN_PORT", "8082"), ("PORT", "8081")],
            bundle.Find("node")!.Environment.Select(variable => (variable.Name, variable.Text)));
        Assert.Contains("http://node:8082", bundle.Find("front")!.Environment.Select(variable => variable.Text));
    }

    [Fact]
    public async Task Read_ProjectWithDockerfile_HasPlainHttp()
    {
        var web = AddProject("web").WithHttpsEndpoint(name: "secure", targetPort: 8080).PublishAsDockerFile();
        AddFront().WithReference(web).WithEnvironment("WEB", web.GetEndpoint("https"));
        var bundle = await ReadAsync();
        Assert.Equal(
            [
                "WEB", "WEB_HTTP", "WEB_HTTPS", "WEB_SECURE", "services__web__http__0", "services__web__https__0",
                "services__web__secure__0"],
            bundle.Find("front")!.Environment.Select(variable => variable.Name));
        Assert.All(bundle.Find("front")!.Environment, variable => Assert.Equal("http://web:8080", variable.Text));
        Assert.Equal("8080", Assert.Single(
            bundle.Find("web")!.Environment, variable => variable.Name.Contains("_PORTS", StringComparison.Ordinal)).Text);
    }
}
