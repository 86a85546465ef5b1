using System.IO.Compression;
using Fib.Hosting.ElasticBeanstalk.Outputs;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>A zip whose bytes depend on nothing but names, texts and modes.</summary>
internal static class StableZip
{
    /// <summary>The first moment that a zip can tell.</summary>
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

    /// <summary>Stored, not deflated: a newer runtime may compress to other bytes, and these few kilobytes are not worth it.</summary>
    private static void Add(ZipArchive zip, BundleFile file)
    {
        var entry = zip.CreateEntry(file.Path, CompressionLevel.NoCompression);
        entry.LastWriteTime = Epoch;
        entry.ExternalAttributes = (RegularFile | (file.Executable ? UnixModes.Program : UnixModes.Data)) << 16;
        using var content = entry.Open();
        content.Write(file.Bytes.Span);
    }
}
