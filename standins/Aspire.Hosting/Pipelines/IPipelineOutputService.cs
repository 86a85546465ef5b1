using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Where steps write.</summary>
[Experimental("ASPIREPIPELINES004")]
public interface IPipelineOutputService
{
    /// <summary>The folder asked for, or aspire-output in the app host's.</summary>
    string GetOutputDirectory();

    /// <summary>A resource's folder in it.</summary>
    string GetOutputDirectory(IResource resource);

    /// <summary>A folder for what only this run needs.</summary>
    string GetTempDirectory();

    /// <summary>A resource's folder in it.</summary>
    string GetTempDirectory(IResource resource);
}
