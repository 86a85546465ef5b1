using Fib.Rehearsal.Platform;

namespace Fib.Rehearsal;

/// <summary>Lists the images of a bundle that the engine lacks, one to a line.</summary>
internal static class MissingImages
{
    /// <summary>Writes the list.</summary>
    /// <returns>The exit code: 0.</returns>
    public static async Task<int> ListAsync(string zip, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("fib-bundle-");
        try
        {
            foreach (var image in await Rehearsal.FindMissingImagesAsync(SourceBundle.Unpack(zip, directory.FullName), cancellationToken))
                await Console.Out.WriteLineAsync(image);
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
