using System.Text;

namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>A file of the output directory.</summary>
/// <param name="Path">Its relative path, with slashes.</param>
/// <param name="Bytes">Its content.</param>
internal sealed record BundleFile(string Path, ReadOnlyMemory<byte> Bytes)
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Creates a text file with LF line endings.</summary>
    public BundleFile(string path, string text) : this(path, Encoding.GetBytes(text))
    {
    }

    public bool Executable { get; init; }

    /// <summary>Its mode in a bundle, independent of the disk's: 0755 if executable, otherwise 0644.</summary>
    public int UnixMode => Executable ? 0b111_101_101 : 0b110_100_100;

    /// <summary>The file as text.</summary>
    public string Text => Encoding.GetString(Bytes.Span);
}
