using System.Text;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Writing;

/// <summary>Writes a bundle's files and zips into a directory, and removes those of the bundle written there before.</summary>
internal static class BundleWriter
{
    /// <summary>The file with the paths of all written files; the next bundle removes exactly these.</summary>
    public const string FileList = ".bundle-files";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes everything.</summary>
    /// <returns>The paths of the zips.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        Bundle bundle, IReadOnlyList<BundleFile> files, string directory, CancellationToken cancellationToken)
    {
        RemovePrevious(directory);
        var zips = BundleZips.Of(bundle, files);
        foreach (var file in files)
        {
            await WriteAsync(Path.Combine(directory, file.Path), file.Bytes, cancellationToken);
            if (file.Executable && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(directory, file.Path), (UnixFileMode)file.UnixMode);
        }
        foreach (var (name, contents) in zips)
            await WriteAsync(Path.Combine(directory, name), StableZip.Write(contents), cancellationToken);
        var written = files.Select(file => file.Path).Concat(zips.Select(zip => zip.Name)).Order(StringComparer.Ordinal);
        var list = string.Concat(written.Select(path => path + "\n"));
        await WriteAsync(Path.Combine(directory, FileList), Encoding.GetBytes(list), cancellationToken);
        return [.. zips.Select(zip => Path.Combine(directory, zip.Name))];
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
    }

    private static void RemovePrevious(string directory)
    {
        var list = Path.Combine(directory, FileList);
        if (!File.Exists(list))
            return;
        var root = Path.GetFullPath(directory) + Path.DirectorySeparatorChar;
        foreach (var path in File.ReadAllLines(list).Select(line => Path.GetFullPath(Path.Combine(directory, line))))
        {
            if (path.StartsWith(root, StringComparison.Ordinal))
                File.Delete(path);
        }
        File.Delete(list);
    }
}
