using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>What a hardened container is denied: a root file system to write to, capabilities, new privileges.</summary>
internal static class Hardening
{
    public const string AllCapabilities = "ALL";

    public const string NoNewPrivileges = "no-new-privileges";

    /// <summary>The most that a scratch directory holds; it counts towards the container's memory.</summary>
    public const int ScratchMiB = 16;

    /// <summary>The lowest port for a user other than root; engines before 20.10 keep those below 1024 back.</summary>
    public const string LowPortControl = "net.ipv4.ip_unprivileged_port_start";

    public static bool NeedsLowPort(BundleService service) => service.Port is < 1024 && service.User is not null and not 0;
}
