using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>A hardened container has a read-only root file system, no capabilities and no new privileges.</summary>
internal static class Hardening
{
    public const string AllCapabilities = "ALL";

    public const string NoNewPrivileges = "no-new-privileges";

    /// <summary>The maximum size of a scratch directory; it counts towards the container's memory.</summary>
    public const int ScratchMiB = 16;

    /// <summary>The lowest port that users other than root may open; Docker before 20.10 reserves ports below 1024 for root.</summary>
    public const string LowPortSysctl = "net.ipv4.ip_unprivileged_port_start";

    public static bool ListensOnLowPort(BundleService service) => service.Port is < 1024 && service.User is not null and not 0;
}
