using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

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
        var files = new NginxFiles(router, port);
        return
        [
            new BundleFile("nginx/Dockerfile", files.Read("Dockerfile")),
            new BundleFile("nginx/alive.sh", files.Read("alive.sh")),
            new BundleFile("nginx/default.conf", ServerBlock.Write(router, port)),
            new BundleFile("nginx/logs/beanstalk.conf", files.Read("beanstalk.conf")),
            new BundleFile("nginx/logs/stdout.conf", files.Read("stdout.conf")),
            new BundleFile("nginx/nginx.conf", files.Read("nginx.conf")),
            new BundleFile("nginx/start.sh", files.Read("start.sh")),
        ];
    }
}
