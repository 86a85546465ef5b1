using Microsoft.Extensions.Configuration;

namespace Fib.Tests.Support;

/// <summary>A configuration in memory.</summary>
internal static class Settings
{
    public static IConfiguration Of(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build();
}
