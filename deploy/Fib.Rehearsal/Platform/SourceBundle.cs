using System.IO.Compression;

namespace Fib.Rehearsal.Platform;

/// <summary>The unpacked zip, as the platform has it in its staging folder.</summary>
/// <param name="Directory">Where it is unpacked.</param>
internal sealed record SourceBundle(string Directory)
{
    private const long MostBytes = 512L << 20;
    private const int ModeBits = 16;

    /// <summary>The only name that the platform looks for.</summary>
    public const string ComposeFile = "docker-compose.yml";

    /// <summary>The compose file.</summary>
    public ComposeModel Compose => ComposeModel.Read(File.ReadAllText(Path.Combine(Directory, ComposeFile)));

    /// <summary>Writes the <c>.env</c> as the platform with docker-compose 1.x does, which is what runs here.</summary>
    public Task WriteEnvironmentAsync(IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(Directory, EnvironmentFile.Name), EnvironmentFile.Write(properties, ComposeGeneration.One), cancellationToken);

    /// <summary>Unpacks a zip with the Unix modes that it names.</summary>
    /// <exception cref="InvalidDataException">It is no source bundle: too large, no compose file at its top, or an own <c>.env</c>, which keeps the platform from writing one.</exception>
    public static SourceBundle Unpack(string zip, string directory)
    {
        if (new FileInfo(zip).Length > MostBytes)
            throw new InvalidDataException("The zip is larger than 512 MB.");
        using (var archive = ZipFile.OpenRead(zip))
        {
            foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0))
                Unpack(entry, directory);
        }

        if (!File.Exists(Path.Combine(directory, ComposeFile)))
            throw new InvalidDataException($"The zip has no {ComposeFile} at its top.");
        if (File.Exists(Path.Combine(directory, EnvironmentFile.Name)))
            throw new InvalidDataException($"The zip has a {EnvironmentFile.Name}: the platform would then write none.");
        return new SourceBundle(directory);
    }

    private static void Unpack(ZipArchiveEntry entry, string directory)
    {
        var path = Path.GetFullPath(Path.Combine(directory, entry.FullName));
        if (!path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new InvalidDataException($"The zip has an entry outside itself: {entry.FullName}");
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        entry.ExtractToFile(path);
        var mode = (UnixFileMode)((entry.ExternalAttributes >> ModeBits) & 0x1FF);
        if (mode != 0 && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
