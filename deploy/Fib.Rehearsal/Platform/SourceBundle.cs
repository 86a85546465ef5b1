using System.IO.Compression;

namespace Fib.Rehearsal.Platform;

/// <summary>The unpacked source bundle, as in the platform's staging directory.</summary>
/// <param name="Directory">The directory that it is unpacked into.</param>
internal sealed record SourceBundle(string Directory)
{
    private const long MaxBytes = 512L << 20;
    private const int ModeBits = 16;

    /// <summary>The only name of a compose file that the platform recognizes.</summary>
    public const string ComposeFile = "docker-compose.yml";

    /// <summary>The compose file.</summary>
    public ComposeModel Compose => ComposeModel.Read(File.ReadAllText(Path.Combine(Directory, ComposeFile)));

    /// <summary>Writes <c>.env</c> as the platform does for the installed version of compose.</summary>
    public async Task WriteEnvironmentAsync(IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        var compose = await ComposeProgram.GetAsync();
        await File.WriteAllTextAsync(
            Path.Combine(Directory, EnvironmentFile.Name), EnvironmentFile.Write(properties, compose.Version), cancellationToken);
    }

    /// <summary>Unpacks a zip with the Unix modes of its entries.</summary>
    /// <exception cref="InvalidDataException">
    /// The zip is larger than 512 MB, has no compose file at its top level, has an entry outside its root, or contains a <c>.env</c>,
    /// which keeps the platform from writing one.
    /// </exception>
    public static SourceBundle Unpack(string zip, string directory)
    {
        if (new FileInfo(zip).Length > MaxBytes)
            throw new InvalidDataException("The zip is larger than 512 MB.");
        using (var archive = ZipFile.OpenRead(zip))
        {
            foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0))
                Unpack(entry, directory);
        }

        if (!File.Exists(Path.Combine(directory, ComposeFile)))
            throw new InvalidDataException($"The zip has no {ComposeFile} at its top level.");
        if (File.Exists(Path.Combine(directory, EnvironmentFile.Name)))
            throw new InvalidDataException($"The zip contains a {EnvironmentFile.Name}; the platform would not write its own.");
        return new SourceBundle(directory);
    }

    private static void Unpack(ZipArchiveEntry entry, string directory)
    {
        var path = Path.GetFullPath(Path.Combine(directory, entry.FullName));
        if (!path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new InvalidDataException($"The zip has an entry outside its root: {entry.FullName}");
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        entry.ExtractToFile(path);
        var mode = (UnixFileMode)((entry.ExternalAttributes >> ModeBits) & 0x1FF);
        if (mode != 0 && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
