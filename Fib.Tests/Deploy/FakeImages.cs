using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs;

namespace Fib.Tests.Deploy;

/// <summary>What the scripts for images need: a <c>docker</c> and a <c>dotnet</c> that only write down what they are told, and what the publisher says of the images.</summary>
internal static class FakeImages
{
    private static readonly string[] Services = ["client", "server", "worker", "nginx"];

    /// <summary>An engine that has every image, built from this commit, pushed ones with a digest.</summary>
    public static void Docker(this DeployScript script, string digest, bool onOfflineBase, string architecture) => script.Program("docker", $$"""
        log={{script.PathOf("docker.log")}}
        case "$1 ${2-}" in
            'image inspect')
                case "$*" in
                    *offline-base*) echo '{{(onOfflineBase ? "true" : "")}}' ;;
                    *image.revision*) git rev-parse HEAD ;;
                    *Size*) echo '{{architecture}} 1000000' ;;
                    *Architecture*) echo '{{architecture}}' ;;
                    *RepoDigests*) echo "${@: -1}" | sed 's|:[^:]*$|@{{digest}}|' ;;
                esac
                ;;
            'info '*) ;;
            login*) echo "config: $DOCKER_CONFIG" >>"$log"; echo "$*" >>"$log"; sed 's/^/stdin: /' >>"$log" ;;
            *) echo "$*" >>"$log" ;;
        esac
        """);

    /// <summary>An SDK that builds nothing and publishes nothing.</summary>
    public static void DotNet(this DeployScript script) => script.Program("dotnet", $"echo \"$*\" >>'{script.PathOf("dotnet.log")}'");

    /// <summary>A bundle's folder, as far as its images go.</summary>
    public static string ImageList(this DeployScript script, string registry, string tag, ElasticBeanstalkArchitecture architecture = ElasticBeanstalkArchitecture.X64)
    {
        var services = Services.Select(name => new BundleService(name, name, new("unused", "1")) { Hostname = name, BuiltImage = new($"{registry}/multi-{name}", tag) });
        var list = Assert.Single(new ImageListRenderer().Render(new Bundle("fib", tag, [.. services]) { Architecture = architecture, Registry = registry }));
        Directory.CreateDirectory(script.PathOf("bundle/nginx"));
        File.WriteAllText(script.PathOf("bundle/nginx/Dockerfile"), "FROM nginx\n");
        File.WriteAllText(script.PathOf($"bundle/{list.Path}"), list.Text);
        return script.PathOf("bundle");
    }
}
