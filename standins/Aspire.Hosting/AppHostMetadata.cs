using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What the build wrote into an app host's assembly.</summary>
internal static class AppHostMetadata
{
    public static string? Value(Assembly? assembly, string key) => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value;
}
