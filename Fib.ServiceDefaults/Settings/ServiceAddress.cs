using Microsoft.Extensions.Configuration;

namespace Fib.ServiceDefaults.Settings;

/// <summary>Where another service is: <c>services__{name}__http__0</c>, set by the app model in development and by the bundle in production.</summary>
public static class ServiceAddress
{
    /// <summary>The service's base address.</summary>
    /// <exception cref="SettingException">The variable is missing or no absolute http or https address.</exception>
    public static Uri ReadServiceAddress(this IConfiguration configuration, string service)
    {
        var name = $"services__{service}__http__0";
        var text = configuration.ReadText($"services:{service}:http:0") ?? throw new SettingException($"{name} is not set: it must be the address of the service '{service}', such as http://{service}:5000.");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingException($"{name} is '{text}': it must be an address such as http://{service}:5000.");
    }
}
