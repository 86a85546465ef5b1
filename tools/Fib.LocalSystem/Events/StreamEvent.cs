using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Fib.LocalSystem.Events;

/// <summary>One Server-Sent Event about an index.</summary>
/// <param name="Id">Its position in the stream, in decimal; empty for an event that is not repeated after a reconnect.</param>
/// <param name="Type">Such as <c>computed</c>.</param>
/// <param name="Json">What it says, as JSON.</param>
internal sealed record StreamEvent(string Id, string Type, string Json)
{
    /// <summary>What it says; read anew each time.</summary>
    public JsonElement Data => JsonElement.Parse(Json);

    /// <summary>The index that it is about.</summary>
    public int Index => Data.GetProperty("index").GetInt32();

    /// <summary>From an event as the parser of .NET gives it.</summary>
    public static StreamEvent Of(SseItem<string> item) => new(item.EventId ?? "", item.EventType, item.Data);
}
