namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>User, directories and mounts of the container that runs nginx.</summary>
internal static class NginxContainer
{
    /// <summary>www-data of Debian, on which nginx's official image is based.</summary>
    public const int User = 33;

    public const int Port = 80;

    public const string Directory = "/etc/nginx";

    /// <summary>The folder of its files in the output.</summary>
    public const string Folder = "nginx/";

    public const string LogDirectory = "/var/log/router";

    /// <summary>The directory that Beanstalk's enhanced health reporting reads, on the instance and in the container.</summary>
    public const string HealthLogDirectory = "/var/log/nginx/healthd";

    /// <summary>The mounts of the official image.</summary>
    public static IReadOnlyList<Mount> Mounts { get; } =
    [
        .. from path in (string[])["alive.sh", "conf.d/default.conf", "logs", "nginx.conf", "start.sh"]
           let source = Folder + path.Replace("conf.d/", "", StringComparison.Ordinal)
           select new BundleMount(source, $"{Directory}/{path}") { ReadOnly = true },
    ];
}
