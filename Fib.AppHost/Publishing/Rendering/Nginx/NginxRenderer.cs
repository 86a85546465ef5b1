using Fib.AppHost.Publishing.Model;

namespace Fib.AppHost.Publishing.Rendering.Nginx;

/// <summary>The build context of the image that runs nginx: its Dockerfile and everything it copies.</summary>
internal sealed class NginxRenderer : IBundleRenderer
{
    /// <summary>www-data of Debian, and so of every image built on it.</summary>
    public const int User = 33;

    public const string Directory = "/etc/nginx";

    public const string LogDirectory = "/var/log/router";

    /// <summary>Where Beanstalk's enhanced health reads requests, on the instance and in the container.</summary>
    public const string HealthLogDirectory = "/var/log/nginx/healthd";

    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        if (bundle.Router is not { } router)
            return [];
        var port = bundle.Find(router.Service)!.Port!.Value;
        return
        [
            new BundleFile("nginx/Dockerfile", NginxFiles.Dockerfile(router.BaseImage, port)),
            new BundleFile("nginx/alive.sh", NginxFiles.Alive(router.Table.Alive, port)),
            new BundleFile("nginx/default.conf", ServerBlock.Write(router, port)),
            new BundleFile("nginx/logs/beanstalk.conf", NginxFiles.BeanstalkLogs),
            new BundleFile("nginx/logs/stdout.conf", NginxFiles.StandardLogs),
            new BundleFile("nginx/nginx.conf", NginxFiles.Main),
            new BundleFile("nginx/start.sh", NginxFiles.Start(router)),
        ];
    }
}
