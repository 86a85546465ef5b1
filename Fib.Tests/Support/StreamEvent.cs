using System.Text.Json;

namespace Fib.Tests.Support;

/// <summary>One Server-Sent Event about an index.</summary>
internal sealed record StreamEvent(string Id, string Type, JsonElement Data)
{
    public int Index => Data.GetProperty("index").GetInt32();
}
