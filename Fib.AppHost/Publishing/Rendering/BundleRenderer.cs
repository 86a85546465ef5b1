using Fib.AppHost.Publishing.Model;
using Fib.AppHost.Publishing.Rendering.Compose;
using Fib.AppHost.Publishing.Rendering.Ecs;
using Fib.AppHost.Publishing.Rendering.Nginx;
using Fib.AppHost.Publishing.Rendering.Platforms;

namespace Fib.AppHost.Publishing.Rendering;

/// <summary>Writes every output that a bundle wants, in the order of their paths.</summary>
internal static class BundleRenderer
{
    private static readonly IBundleRenderer[] Renderers =
    [
        new ComposeRenderer(), new DockerrunRenderer(), new PlatformRenderer(), new EnvironmentRenderer(), new NginxRenderer(), new TaskDefinitionRenderer(),
    ];

    public static IReadOnlyList<BundleFile> Render(Bundle bundle) =>
        [.. Renderers.SelectMany(renderer => renderer.Render(bundle)).OrderBy(file => file.Path, StringComparer.Ordinal)];
}
