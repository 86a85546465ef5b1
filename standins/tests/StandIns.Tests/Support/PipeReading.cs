using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Pipelines.Sockets.Unofficial;

namespace StandIns.Tests.Support;

internal static class PipeReading
{
    /// <summary>Reads exactly <paramref name="count"/> bytes, the way a parser does that examines all it gets.</summary>
    internal static async Task<byte[]> ReadExactlyAsync(this PipeReader reader, int count)
    {
        while (true)
        {
            var read = await reader.ReadAsync().AsTask().WaitAsync(Until.Deadline);
            if (read.Buffer.Length >= count)
            {
                var wanted = read.Buffer.Slice(0, count);
                var bytes = wanted.ToArray();
                reader.AdvanceTo(wanted.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            Assert.False(read.IsCompleted, $"The end came after {read.Buffer.Length} of {count} bytes.");
        }
    }

    /// <summary>Writes until a flush says what the client takes for a closed connection.</summary>
    internal static Task WriteUntilResetAsync(this PipeWriter writer) => Until.TrueAsync(
        async () => await Record.ExceptionAsync(() => writer.WriteAsync(new byte[100]).AsTask()) is ConnectionResetException,
        "a flush says that the connection is gone");

    internal static byte[] RandomBytes(int count) => RandomNumberGenerator.GetBytes(count);
}
