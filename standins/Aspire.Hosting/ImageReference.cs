namespace Aspire.Hosting;

/// <summary>An image's name taken apart; a colon after the last slash starts a tag, one before it a port.</summary>
internal sealed record ImageReference(string Name, string? Tag, string? Digest)
{
    public static ImageReference Parse(string image)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(image);
        var (rest, digest) = Split(image, image.IndexOf("@sha256:", StringComparison.Ordinal), "@sha256:".Length);
        var colon = rest.LastIndexOf(':');
        var (name, tag) = Split(rest, colon > rest.LastIndexOf('/') ? colon : -1, 1);
        return new(name, tag, digest);
    }

    private static (string Before, string? After) Split(string text, int at, int separator) => at < 0 ? (text, null) : (text[..at], text[(at + separator)..]);
}
