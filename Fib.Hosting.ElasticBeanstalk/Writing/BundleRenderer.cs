using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Compose;
using Fib.Hosting.ElasticBeanstalk.Outputs.Dockerrun;
using Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;
using Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;
using Fib.Hosting.ElasticBeanstalk.Outputs.Platform;
using Fib.Hosting.ElasticBeanstalk.Outputs;

namespace Fib.Hosting.ElasticBeanstalk.Writing;

/// <summary>Renders all files of a bundle, in the order of their paths.</summary>
internal static class BundleRenderer
{
    private static readonly IBundleRenderer[] Renderers =
    [
        new ComposeRenderer(), new DockerrunRenderer(), new PlatformRenderer(), new EnvironmentRenderer(),
        new NginxRenderer(), new TaskDefinitionRenderer(), new ImageListRenderer(),
    ];

    public static IReadOnlyList<BundleFile> Render(Bundle bundle) =>
        [.. Renderers.SelectMany(renderer => renderer.Render(bundle)).OrderBy(file => file.Path, StringComparer.Ordinal)];
}
