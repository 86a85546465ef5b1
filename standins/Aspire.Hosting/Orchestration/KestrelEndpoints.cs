namespace Aspire.Hosting.Orchestration;

/// <summary>Endpoints that a project's own settings give to Kestrel win over its URLs, and this host does not read them.</summary>
internal static class KestrelEndpoints
{
    public static void Refuse(ProjectResource project)
    {
        var folder = Path.GetDirectoryName(project.GetProjectMetadata().ProjectPath)!;
        var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true).Build();
        if (settings.GetSection("Kestrel:Endpoints").GetChildren().Any())
            throw new HostRefusal($"Project '{project.Name}' sets Kestrel:Endpoints in appsettings.json, which needs the real Aspire packages; use applicationUrl in launchSettings.json.");
    }
}
