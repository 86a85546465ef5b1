namespace Aspire.Hosting.Orchestration;

/// <summary>The system's users.</summary>
internal static class Users
{
    /// <summary>The first of these that exists.</summary>
    public static string? First(params IEnumerable<string> names) => names.FirstOrDefault(name => Entry(name) is not null);

    /// <summary>The number of a user's own group.</summary>
    public static string GroupOf(string name) => Entry(name)?[3] ?? throw new DistributedApplicationException($"There is no user '{name}'.");

    // name:password:user id:group id:...
    private static string[]? Entry(string name) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == name && fields.Length > 3);
}
