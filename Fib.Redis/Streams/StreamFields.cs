using System.Globalization;
using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>Reads and writes the fields of stream entries as text.</summary>
public static class StreamFields
{
    private const string AppendScript = """
        if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
        redis.call('XADD', KEYS[1], '*', unpack(ARGV, 2))
        return 1
        """;

    /// <summary>The name of the field with the W3C trace context.</summary>
    internal const string TraceParent = "traceparent";

    /// <summary>The entry's fields by name; the last value of a repeated name counts.</summary>
    public static IReadOnlyDictionary<string, string> ToFields(this StreamEntry entry)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in entry.Values ?? [])
            fields[field.Name.ToString()] = field.Value.ToString();
        return fields;
    }

    /// <summary>Appends an entry with these fields and returns its id.</summary>
    public static Task<RedisValue> AppendAsync(this IDatabase database, string stream, IEnumerable<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.StreamAddAsync(stream, [.. fields.Select(field => new NameValueEntry(field.Key, field.Value))]);
    }

    /// <summary>Appends an entry, unless the stream has <paramref name="maxLength"/> entries or more.</summary>
    /// <returns>Whether it was appended.</returns>
    public static async Task<bool> TryAppendAsync(
        this IDatabase database, string stream, IEnumerable<KeyValuePair<string, string>> fields, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(database);
        RedisValue[] arguments = [maxLength, .. fields.SelectMany(field => (RedisValue[])[field.Key, field.Value])];
        return (bool)await database.ScriptEvaluateAsync(AppendScript, [stream], arguments);
    }

    /// <summary>Writes a time as decimal microseconds since 1970-01-01 UTC.</summary>
    internal static string WriteTime(DateTimeOffset time) =>
        ((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the text that <see cref="WriteTime"/> writes. Returns null for any other text.</summary>
    internal static DateTimeOffset? ReadTime(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && time <= (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            ? DateTimeOffset.UnixEpoch.AddTicks(time * TimeSpan.TicksPerMicrosecond)
            : null;
}
