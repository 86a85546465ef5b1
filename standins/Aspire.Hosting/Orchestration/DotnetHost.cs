namespace Aspire.Hosting.Orchestration;

/// <summary>The dotnet that runs projects: the one that runs this process where that can be told.</summary>
internal static class DotnetHost
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (System.IO.Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath : null)
        ?? (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? Commands.Find(System.IO.Path.Combine(root, "dotnet")) : null)
        ?? Commands.Require("dotnet");
}
