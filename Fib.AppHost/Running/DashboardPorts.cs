using Microsoft.Extensions.Configuration;

namespace Fib.AppHost.Running;

/// <summary>Replaces ports of the dashboard that are in use, so that two systems can run at the same time.</summary>
internal static class DashboardPorts
{
    private static readonly string[] Settings =
        ["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"];

    /// <summary>Changes each address of the launch profile whose port is in use to a free port.</summary>
    public static void ReplacePortsInUse(IConfiguration configuration)
    {
        foreach (var setting in Settings)
        {
            if (configuration[setting] is { Length: > 0 } addresses)
                configuration[setting] = string.Join(';', addresses.Split(';').Select(WithFreePort));
        }
    }

    private static string WithFreePort(string address)
    {
        var builder = new UriBuilder(address);
        if (!PortOwner.IsInUse(builder.Port))
            return address;
        builder.Port = FindFree();
        return builder.Uri.GetLeftPart(UriPartial.Authority);
    }

    private static int FindFree()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
