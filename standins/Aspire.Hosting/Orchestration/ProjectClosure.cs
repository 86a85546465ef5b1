using System.Xml.Linq;

namespace Aspire.Hosting.Orchestration;

/// <summary>The folders a project is built from: its own, and those of the projects it refers to.</summary>
internal static class ProjectClosure
{
    private static readonly HashSet<string> Built = ["bin", "obj", "artifacts", "node_modules", "TestResults"];

    public static IReadOnlyList<string> Folders(string project)
    {
        var seen = new HashSet<string>();
        Add(Path.GetFullPath(project), seen);
        return [.. seen.Select(p => Path.GetDirectoryName(p)!).Distinct()];
    }

    /// <summary>Whether a path relative to its project is a source: not built, not hidden, not an editor's temporary file.</summary>
    public static bool IsSource(string path) =>
        !path.Split(Path.DirectorySeparatorChar).Any(part => Built.Contains(part) || part.StartsWith('.')) && Path.HasExtension(path) && !path.EndsWith('~');

    private static void Add(string project, HashSet<string> seen)
    {
        if (!File.Exists(project) || !seen.Add(project))
            return;
        foreach (var reference in XDocument.Load(project).Descendants().Where(e => e.Name.LocalName == "ProjectReference"))
            if (reference.Attribute("Include")?.Value is { } path && !path.Contains('$', StringComparison.Ordinal))
                Add(Path.GetFullPath(path.Replace('\\', '/'), Path.GetDirectoryName(project)!), seen);
    }
}
