using System.IO.Pipelines;
using System.Text;
using Fib.Api.Listings;

namespace Fib.Tests.Support;

internal static class TextSnapshotExtensions
{
    public static async Task<string> ReadAsync(this TextSnapshot snapshot)
    {
        using var output = new MemoryStream();
        var writer = PipeWriter.Create(output);
        await snapshot.WriteAsync(writer, CancellationToken.None);
        await writer.CompleteAsync();
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
