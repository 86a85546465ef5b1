namespace Aspire.Hosting;

/// <summary>Where a project is; generated for each project an app host refers to.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>The project file's full path.</summary>
    string ProjectPath { get; }

    /// <summary>Launch settings to use instead of the project's own.</summary>
    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether the project is built already.</summary>
    bool SuppressBuild => false;
}
