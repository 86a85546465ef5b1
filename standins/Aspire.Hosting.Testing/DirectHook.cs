using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Sets up a model that the test itself writes; its application runs when the test says so.</summary>
internal sealed class DirectHook(Assembly test, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : BuilderHook
{
    public override Task Stopped => Task.CompletedTask;

    public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
        TestSettings.Apply(test, null, args, options, settings, configure);

    public override void Constructed(DistributedApplicationBuilder builder)
    {
        // Nobody waits for it.
    }

    public override void Building(DistributedApplicationBuilder builder)
    {
        // Nobody waits for it.
    }

    public override void Built(DistributedApplication application)
    {
        // Nobody waits for it.
    }
}
