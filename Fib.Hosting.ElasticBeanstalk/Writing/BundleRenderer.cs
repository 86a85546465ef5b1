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

    /// <exception cref="BundleException">Files have the same path, such as one of the AppHost and one of the publisher.</exception>
    public static IReadOnlyList<BundleFile> Render(Bundle bundle)
    {
        var files = Renderers.SelectMany(renderer => renderer.Render(bundle)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        List<Problem> problems =
        [
            .. from file in files
               group file by file.Path into same
               where same.Count() > 1
               select new Problem(
                   bundle.Section, "bundle file", $"more than one file of the bundle has the path '{same.Key}': choose another."),
        ];
        return problems.Count == 0 ? files : throw new BundleException(problems);
    }
}
