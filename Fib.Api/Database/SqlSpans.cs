using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>
/// Names the spans of SQL statements by operation and table, such as <c>INSERT submission</c> (opentelemetry.io, "Semantic
/// conventions for database client spans"). There are few statements, so the name of each is cached.
/// </summary>
internal static partial class SqlSpans
{
    private static readonly ConcurrentDictionary<string, Summary> Known = new();

    public static void NameSpans(this NpgsqlDataSourceBuilder dataSource) => dataSource.ConfigureTracing(tracing => tracing
        // Otherwise the trace of whichever request opens a connection would have a span that says nothing of the request.
        .ConfigureCommandFilter(command => command.CommandText != ServerKeepalives.Statement)
        .ConfigureCommandSpanNameProvider(command => Read(command.CommandText).ToString())
        .ConfigureBatchSpanNameProvider(batch => Read(batch).ToString())
        .ConfigureCommandEnrichmentCallback((activity, command) => Tag(activity, Read(command.CommandText)))
        .ConfigureBatchEnrichmentCallback((activity, batch) => Tag(activity, Read(batch))));

    /// <summary>The operation and the table that a statement writes, or else the first table that it reads.</summary>
    internal static Summary Read(string statement) => Known.GetOrAdd(statement, Parse);

    /// <summary>The operation and the table that a batch writes, or else the first table that it reads.</summary>
    private static Summary Read(NpgsqlBatch batch)
    {
        var summary = Read(batch.BatchCommands[0].CommandText);
        for (var n = 1; n < batch.BatchCommands.Count; n++)
        {
            if (Read(batch.BatchCommands[n].CommandText) is var next && next.Rank > summary.Rank)
                summary = next;
        }

        return summary;
    }

    private static void Tag(Activity activity, Summary summary) =>
        activity.SetTag("db.operation.name", summary.Operation).SetTag("db.collection.name", summary.Table);

    private static Summary Parse(string statement)
    {
        var summary = new Summary(FirstWord().Match(statement).Value.ToUpperInvariant(), null);
        foreach (Match found in Tables().Matches(statement))
        {
            var verb = found.Groups[1].Value.Split(' ')[0];
            var next = new Summary(verb == "FROM" ? "SELECT" : verb, found.Groups[2].Value);
            if (next.Rank > summary.Rank)
                summary = next;
        }

        return summary;
    }

    [GeneratedRegex(@"[A-Za-z]+")]
    private static partial Regex FirstWord();

    /// <summary>A keyword and the table that follows; a name with a parenthesis is a function.</summary>
    [GeneratedRegex(@"\b(INSERT INTO|DELETE FROM|(?<!FOR )UPDATE|FROM) (\w+)\b(?!\()")]
    private static partial Regex Tables();

    /// <summary>An operation and its table, or null if it has none.</summary>
    internal sealed record Summary(string Operation, string? Table)
    {
        private readonly string _text = Table is null ? Operation : $"{Operation} {Table}";

        /// <summary>If a statement has several operations, the first with the highest rank names the span.</summary>
        public int Rank { get; } = (Operation, Table) switch
        {
            (_, null) => 0,
            ("SELECT", _) => 1,
            ("INSERT", _) => 3,
            _ => 2,
        };

        public override string ToString() => _text;
    }
}
