using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>An entry that a consumer was given.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Deliveries">To how many consumers it was given so far, this one included; 1 for a new one.</param>
public sealed record StreamDelivery(StreamEntry Entry, long Deliveries)
{
    /// <summary>The entry's fields by name; of repeated names the last counts.</summary>
    public IReadOnlyDictionary<string, string> ToFields() => Entry.ToFields();
}
