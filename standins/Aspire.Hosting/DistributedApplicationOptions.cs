using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How an app host is set up.</summary>
public sealed class DistributedApplicationOptions
{
    private string? _projectDirectory;

    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The app host's assembly; none takes the process's own.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Without effect here: there is no dashboard to disable.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether what resources write also goes to the app host's own log.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>The app host's folder; none takes the one its assembly was built from.</summary>
    public string? ProjectDirectory
    {
        get => _projectDirectory ?? AppHostMetadata.Value(Assembly, "apphostprojectpath");
        set => _projectDirectory = value;
    }

    internal Assembly? Assembly => AssemblyName is null ? Assembly.GetEntryAssembly() : Assembly.Load(AssemblyName);

    /// <summary>A test starts and stops the application: nothing is printed, ports are random.</summary>
    internal bool InTest { get; set; }
}
