using System.Text;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>Writes a bundle's files and zips into a directory, in place of those of the bundle that was written there before.</summary>
internal static class BundleWriter
{
    /// <summary>Lists what was written, so that the next bundle leaves nothing of this one behind and removes nothing else.</summary>
    public const string List = ".bundle-files";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes everything.</summary>
    /// <returns>The paths of the zips.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(Bundle bundle, IReadOnlyList<BundleFile> files, string directory, CancellationToken cancellationToken)
    {
        RemovePrevious(directory);
        var zips = BundleZips.Of(bundle, files);
        foreach (var file in files)
        {
            await WriteAsync(Path.Combine(directory, file.Path), file.Bytes, cancellationToken);
            if (file.Executable && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(directory, file.Path), (UnixFileMode)UnixModes.Program);
        }
        foreach (var (name, contents) in zips)
            await WriteAsync(Path.Combine(directory, name), StableZip.Write(contents), cancellationToken);
        var written = files.Select(file => file.Path).Concat(zips.Select(zip => zip.Name)).Order(StringComparer.Ordinal);
        await WriteAsync(Path.Combine(directory, List), Encoding.GetBytes(string.Concat(written.Select(path => path + "\n"))), cancellationToken);
        return [.. zips.Select(zip => Path.Combine(directory, zip.Name))];
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
    }

    private static void RemovePrevious(string directory)
    {
        var list = Path.Combine(directory, List);
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
