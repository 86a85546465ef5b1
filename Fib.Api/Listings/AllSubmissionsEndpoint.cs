using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Fib.Api.Database;
using Fib.Api.Http;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Fib.Api.Listings;

/// <summary>
/// <c>GET /values/all</c>: the index of every submission. Sends what the cache holds and streams the rest, with an entity tag,
/// because the list grows without bound.
/// </summary>
internal static class AllSubmissionsEndpoint
{
    private const int PageRows = 2_000;

    public static async Task GetAsync(
        HttpContext context, AllSubmissionsCache cache, AllSubmissionsReader reader, TimeProvider time)
    {
        var all = await cache.GetAsync().WaitAsync(context.RequestAborted);
        var tag = CreateTag(all.Newest);
        if (context.TryAnswerNotModified(tag))
            return;

        context.Response.GetTypedHeaders().ETag = tag;
        var end = all.Newest == default ? "[]"u8.ToArray() : "]"u8.ToArray();
        context.Response.ContentType = "application/json; charset=utf-8";
        if (all.IsComplete)
            context.Response.ContentLength = all.Text.Length + end.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        var output = context.Response.BodyWriter;
        await all.Text.WriteAsync(output, context.RequestAborted);
        if (!all.IsComplete)
            await WriteRestAsync(output, reader, all, time, context.RequestAborted);
        output.Write(end);
        await output.FlushAsync(context.RequestAborted);
    }

    /// <summary>With the time too: a recreated database draws the same ids again.</summary>
    private static EntityTagHeaderValue CreateTag(StoredSubmission newest) =>
        new(string.Create(CultureInfo.InvariantCulture, $"\"{newest.Id}-{newest.AcceptedAt.Ticks:x}\""));

    /// <summary>Reads in pages, so that a slow client holds no database connection.</summary>
    private static async Task WriteRestAsync(
        PipeWriter output, AllSubmissionsReader reader, AllSubmissionsSnapshot all, TimeProvider time, CancellationToken cancellationToken)
    {
        var (last, isFirst) = (all.LastId, all.LastId == 0);
        while (last < all.Newest.Id)
        {
            var before = last;
            var page = await ReadRetry.RepeatAsync(
                () => reader.ReadFromAsync(before + 1, PageRows, cancellationToken).ToListAsync(cancellationToken).AsTask(),
                time, cancellationToken);
            foreach (var submission in page)
            {
                last = submission.Id;
                if (last > all.Newest.Id)
                    return;
                var item = output.GetSpan(AllSubmissionsCache.MaxItemBytes);
                output.Advance(AllSubmissionsCache.WriteItem(item, submission.Index, isFirst));
                isFirst = false;
            }

            // A response that breaks off is better than one that seems complete.
            if (last == before)
                throw new StoreUnavailableException("The submissions were replaced while they were read.");
            await output.FlushAsync(cancellationToken);
        }
    }
}

/// <summary>One submission. No other submission, of this or of another database, is equal to it.</summary>
internal readonly record struct StoredSubmission(long Id, int Index, DateTime AcceptedAt);

/// <summary>
/// Reads the submissions in ascending order of id. Submissions are only added, so the newest one identifies the whole list.
/// </summary>
internal sealed class AllSubmissionsReader(NpgsqlDataSource dataSource)
{
    /// <summary>The newest submission; the default if there is none.</summary>
    public async Task<StoredSubmission> GetNewestAsync()
    {
        await using var command = dataSource.CreateCommand("SELECT id, index, accepted_at FROM submission ORDER BY id DESC LIMIT 1");
        await using var reader = await command.ExecuteReaderInTimeAsync(CancellationToken.None);
        return await reader.ReadAsync() ? Read(reader) : default;
    }

    /// <summary>The submissions from an id on, oldest first, at most <paramref name="limit"/>.</summary>
    public async IAsyncEnumerable<StoredSubmission> ReadFromAsync(
        long id, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT id, index, accepted_at FROM submission WHERE id >= $1 ORDER BY id LIMIT $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return Read(reader);
    }

    private static StoredSubmission Read(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt32(1), row.GetDateTime(2));
}
