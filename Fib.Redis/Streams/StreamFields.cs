using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>Stream fields as plain text, in both directions.</summary>
public static class StreamEntryExtensions
{
    /// <summary>The entry's fields by name; of repeated names the last counts.</summary>
    public static IReadOnlyDictionary<string, string> ToFields(this StreamEntry entry)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in entry.Values ?? [])
            fields[field.Name.ToString()] = field.Value.ToString();
        return fields;
    }

    /// <summary>Appends an entry with these fields.</summary>
    public static Task<RedisValue> AppendAsync(this IDatabase database, string stream, IEnumerable<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.StreamAddAsync(stream, [.. fields.Select(field => new NameValueEntry(field.Key, field.Value))]);
    }
}
