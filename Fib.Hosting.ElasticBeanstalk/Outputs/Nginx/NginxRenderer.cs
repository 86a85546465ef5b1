using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

/// <summary>
/// nginx's configuration and scripts: mounted into the official image, or, together with a Dockerfile, the build context of an image.
/// </summary>
internal sealed class NginxRenderer : IBundleRenderer
{
    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        if (bundle.Router is not { } router)
            return [];
        var files = Files(router, bundle.Find(router.Service)!.Port!.Value).ToList();
        return router.Options.BuildImage || !bundle.Targets.HasFlag(ElasticBeanstalkTargets.EcsManaged)
            ? files
            : [.. files, .. files.Select(file => file with { Path = $"ecs-managed/{file.Path}" })];
    }

    private static IEnumerable<BundleFile> Files(NginxRouter router, int port)
    {
        var files = new NginxFiles(router, port);
        if (router.Options.BuildImage)
            yield return new BundleFile("nginx/Dockerfile", files.Read("Dockerfile"));
        yield return new BundleFile("nginx/alive.sh", files.Read("alive.sh"));
        yield return new BundleFile("nginx/default.conf", ServerBlock.Write(router, port));
        yield return new BundleFile("nginx/logs/beanstalk.conf", files.Read("beanstalk.conf"));
        yield return new BundleFile("nginx/logs/stdout.conf", files.Read("stdout.conf"));
        yield return new BundleFile("nginx/nginx.conf", files.Read("nginx.conf"));
        yield return new BundleFile("nginx/start.sh", files.Read("start.sh"));
    }
}
