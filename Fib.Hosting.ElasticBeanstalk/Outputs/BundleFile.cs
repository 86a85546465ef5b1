namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>A file of the output directory.</summary>
/// <param name="Path">Its path there, with slashes.</param>
/// <param name="Text">What is in it, with LF at every line's end.</param>
internal sealed record BundleFile(string Path, string Text)
{
    /// <summary>Whether it is a program: unix mode 0755 instead of 0644.</summary>
    public bool Executable { get; init; }
}
