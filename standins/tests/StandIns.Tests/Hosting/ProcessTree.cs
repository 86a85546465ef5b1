namespace StandIns.Tests.Hosting;

/// <summary>The processes of the machine and whose children they are, from /proc.</summary>
internal static class ProcessTree
{
    /// <summary>A process and when it started, which tells it from a later one of the same number.</summary>
    internal readonly record struct Entry(int Id, int Parent, string Started);

    public static IReadOnlyList<Entry> Descendants(int root)
    {
        var all = All().ToList();
        var found = new List<Entry>();
        var parents = new HashSet<int> { root };
        // A parent may have a higher number than its child, so this goes on until nothing is added.
        while (all.FindAll(e => parents.Contains(e.Parent) && !found.Contains(e)) is { Count: > 0 } children)
        {
            found.AddRange(children);
            parents.UnionWith(children.Select(c => c.Id));
        }
        return found;
    }

    public static bool IsAlive(Entry entry) => Read(entry.Id) is { } now && now.Started == entry.Started;

    private static IEnumerable<Entry> All() => Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
        .Where(name => name!.All(char.IsAsciiDigit)).Select(name => Read(int.Parse(name!, null))).OfType<Entry>();

    // pid (name) state parent ... started is the 22nd; a name may have spaces and parentheses.
    private static Entry? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : new(id, int.Parse(fields[1], null), fields[19]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
