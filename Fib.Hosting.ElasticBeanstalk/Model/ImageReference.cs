namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>An image reference: a repository with its registry, and a tag or a digest.</summary>
internal sealed record ImageReference(string Repository, string? Tag, string? Digest = null)
{
    /// <summary>Reads <c>registry/repository:tag</c> or <c>registry/repository@sha256:...</c>.</summary>
    public static ImageReference Parse(string text)
    {
        if (text.Split('@', 2) is [var pinned, var digest])
            return new ImageReference(pinned, null, digest);
        // A colon before the last slash belongs to the registry's port.
        var colon = text.IndexOf(':', text.LastIndexOf('/') + 1);
        return colon < 0 ? new ImageReference(text, null) : new ImageReference(text[..colon], text[(colon + 1)..]);
    }

    /// <summary>Whether it has neither registry nor account: no registry has such an image, unless it is an official one.</summary>
    public bool IsLocal => !Repository.Contains('/', StringComparison.Ordinal);

    /// <summary>The host of a registry or repository; empty for Docker Hub, where the first part of a name may be a user.</summary>
    public static string HostOf(string name)
    {
        var first = name.Split('/')[0];
        return first != "docker.io" && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal)
            || first == "localhost") ? first : "";
    }

    public override string ToString() => Digest is not null ? $"{Repository}@{Digest}" : Tag is null ? Repository : $"{Repository}:{Tag}";
}
