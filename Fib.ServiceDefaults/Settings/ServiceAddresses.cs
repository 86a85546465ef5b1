using Microsoft.Extensions.Configuration;

namespace Fib.ServiceDefaults.Settings;

/// <summary>
/// The addresses of the replicas of another service: <c>services__{name}__http__{n}</c>, set by the app model in development and by
/// the bundle in production.
/// </summary>
public static class ServiceAddresses
{
    /// <summary>Validates the addresses at start; service discovery would report an error only with the first request.</summary>
    /// <exception cref="SettingException">No address is set, or one is not an absolute http or https address.</exception>
    public static void CheckServiceAddresses(this IConfiguration configuration, string service)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var replicas = configuration.GetSection($"services:{service}:http").GetChildren()
            .Select(replica => (replica.Key, replica.Value)).ToArray();
        if (replicas is [] or [(_, null or "")])
        {
            throw new SettingException(
                $"services__{service}__http__0 is not set: "
                + $"it must be the address of the service '{service}', such as http://{service}:5000.");
        }

        foreach (var (number, text) in replicas)
            Variables.ParseAddress($"services__{service}__http__{number}", text, $"http://{service}:5000");
    }
}
