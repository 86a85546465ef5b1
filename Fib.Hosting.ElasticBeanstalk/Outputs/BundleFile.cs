using System.Text;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>A file of the output directory.</summary>
/// <param name="Path">Its path there, with slashes.</param>
/// <param name="Bytes">What is in it.</param>
internal sealed record BundleFile(string Path, ReadOnlyMemory<byte> Bytes)
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A text, with LF at every line's end.</summary>
    public BundleFile(string path, string text) : this(path, Encoding.GetBytes(text))
    {
    }

    /// <summary>Whether it is a program: unix mode 0755 instead of 0644.</summary>
    public bool Executable { get; init; }

    /// <summary>The file as text.</summary>
    public string Text => Encoding.GetString(Bytes.Span);
}
