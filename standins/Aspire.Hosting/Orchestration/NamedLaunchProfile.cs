namespace Aspire.Hosting.Orchestration;

internal sealed record NamedLaunchProfile(string Name, LaunchProfile Profile);
