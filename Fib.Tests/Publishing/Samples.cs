using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Tests.Publishing;

/// <summary>A valid bundle of two services, which tests make invalid in one place.</summary>
internal static class Samples
{
    public static EnvironmentProperty Secret { get; } = new("API_TOKEN", "the token") { Secret = true };

    public static BundleService Shop { get; } = new("shop", "shop-resource", new ImageReference("registry.example.com/shop", "1.0"))
    {
        Hostname = "shop",
        Port = 5000,
        Health = new HealthCheck(["alive"]),
        Environment = [Variable.Of(Secret), Variable.Literal("COLOUR", "red")],
    };

    public static BundleService Front { get; } = new("front", "front-resource", new ImageReference("registry.example.com/front", "1.0"))
    {
        Hostname = "front",
        Port = 80,
        PublishedPort = 80,
        User = 33,
        Uses = ["shop"],
        DependsOn = [new Dependency("shop", DependencyCondition.Healthy)],
    };

    public static NginxRouter Router { get; } = new(
        "front", [new NginxRoute("/", "shop") { Name = "all" }], new NginxOptions(), new Dictionary<string, Upstream> { ["shop"] = new(
            "shop", 5000) }, "nginx:1");

    public static Bundle Valid { get; } = Of(Shop, Front);

    public static Bundle Of(params IReadOnlyList<BundleService> services) =>
        new("store", "1.0", services) { Targets = ElasticBeanstalkTargets.All };
}
