using System.IO.Compression;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Writing;

/// <summary>Writes a zip whose bytes depend only on names, contents and modes.</summary>
internal static class StableZip
{
    /// <summary>The earliest time of the zip format.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>S_IFREG of stat(2), in the upper half of a zip entry's external attributes.</summary>
    private const int RegularFile = 0x8000;

    public static byte[] Write(IEnumerable<BundleFile> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
                Add(zip, file);
        }
        return bytes.ToArray();
    }

    /// <summary>Stores without compression: a newer runtime may compress to other bytes, and the files have only a few kilobytes.</summary>
    private static void Add(ZipArchive zip, BundleFile file)
    {
        var entry = zip.CreateEntry(file.Path, CompressionLevel.NoCompression);
        entry.LastWriteTime = Epoch;
        entry.ExternalAttributes = (RegularFile | file.UnixMode) << 16;
        using var content = entry.Open();
        content.Write(file.Bytes.Span);
    }
}
