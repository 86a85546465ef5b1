using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs;

namespace Fib.Tests.Deployment;

/// <summary>Inputs of the image scripts: a fake <c>docker</c>, a fake <c>dotnet</c>, and a bundle's images.json.</summary>
internal static class FakeImages
{
    /// <summary>A <c>docker</c> whose engine has every image, built from this commit, with a digest; it records its arguments.</summary>
    public static void Docker(this DeployScript script, string digest, bool onOfflineBase, string architecture) =>
        script.Program("docker", $$"""
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
            'context inspect') echo unix:///run/user/1000/docker.sock ;;
            login*) printf '%s\n' "config: $DOCKER_CONFIG" "engine: $DOCKER_HOST" "$*" >>"$log"; sed 's/^/stdin: /' >>"$log" ;;
            *) echo "$*" >>"$log" ;;
        esac
        """);

    /// <summary>A <c>dotnet</c> that only records its arguments.</summary>
    public static void DotNet(this DeployScript script) =>
        script.Program("dotnet", $"echo \"$*\" >>'{script.PathOf("dotnet.log")}'");

    /// <summary>Creates a bundle directory with images.json, and with nginx' Dockerfile if that is the router.</summary>
    public static string ImageList(
        this DeployScript script, string registry, string tag, ElasticBeanstalkArchitecture architecture = ElasticBeanstalkArchitecture.X64,
        string router = "nginx")
    {
        string[] names = ["client", "server", "worker", router];
        var services = names.Select(name =>
            new BundleService(name, name, new("unused", "1")) { Hostname = name, BuiltImage = new($"{registry}/multi-{name}", tag) });
        var bundle = new Bundle("fib", tag, [.. services]) { Architecture = architecture, Registry = registry };
        var list = Assert.Single(new ImageListRenderer().Render(bundle));
        Directory.CreateDirectory(script.PathOf($"bundle/{router}"));
        if (router == "nginx")
            File.WriteAllText(script.PathOf("bundle/nginx/Dockerfile"), "FROM nginx\n");
        File.WriteAllText(script.PathOf($"bundle/{list.Path}"), list.Text);
        return script.PathOf("bundle");
    }
}
