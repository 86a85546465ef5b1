using System.Reflection;

namespace Aspire.Hosting.Orchestration;

/// <summary>The app host itself: its folder, name and assembly.</summary>
internal sealed record AppHost(string Directory, string Name, Assembly? Assembly);
