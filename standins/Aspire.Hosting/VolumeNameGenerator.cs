namespace Aspire.Hosting;

/// <summary>Names volumes so that two app hosts do not share one by accident.</summary>
public static class VolumeNameGenerator
{
    /// <summary>application-hash-resource-suffix, where the hash is of the app host's path (of its name when publishing).</summary>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix) where T : IResource
    {
        if (!suffix.Select((c, i) => IsValid(c, i == 0)).All(valid => valid))
            throw new ArgumentException($"The suffix '{suffix}' contains invalid characters. It must match [a-zA-Z0-9][a-zA-Z0-9_.-]*.", nameof(suffix));
        var application = string.Concat(builder.ApplicationBuilder.Environment.ApplicationName.Select((c, i) => IsValid(c, i == 0) ? c : '_'));
        var hash = builder.ApplicationBuilder.Configuration["AppHost:Sha256"]![..10];
        return $"{application.ToLowerInvariant()}-{hash.ToLowerInvariant()}-{builder.Resource.Name}-{suffix}";
    }

    private static bool IsValid(char c, bool first) => char.IsAsciiLetterOrDigit(c) || (!first && c is '_' or '.' or '-');
}
