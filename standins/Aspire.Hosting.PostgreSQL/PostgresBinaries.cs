using System.Globalization;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>The programs of an installed PostgreSQL.</summary>
internal sealed record PostgresBinaries(string InitDb, string Server)
{
    /// <summary>Debian's newest version, else what PATH has; throws when there is none.</summary>
    public static PostgresBinaries Find(string resource)
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = (Directory.Exists(Debian) ? Directory.EnumerateDirectories(Debian) : [])
            .OrderByDescending(f => double.TryParse(Path.GetFileName(f), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(f => Path.Combine(f, "bin")).Where(f => File.Exists(Path.Combine(f, "initdb"))).ToList();
        if (folders.Count > 0)
            return new(Path.Combine(folders[0], "initdb"), Path.Combine(folders[0], "postgres"));
        return (Commands.Find("initdb"), Commands.Find("postgres")) is ({ } initdb, { } server)
            ? new(initdb, server)
            : throw new DistributedApplicationException($"'{resource}' needs PostgreSQL, which is not installed (Debian: apt-get install postgresql).");
    }
}
