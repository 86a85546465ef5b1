using System.Reflection;
using Aspire.Hosting;

namespace Sample.AppHost;

/// <summary>What a build generates for a referenced project; written out, since these tests do not build through the solution's targets.</summary>
public sealed class SampleWeb : IProjectMetadata
{
    /// <inheritdoc />
    public string ProjectPath { get; } = typeof(SampleWeb).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SampleWeb").Value!;
}
