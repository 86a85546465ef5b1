namespace Fib.Rehearsal.Containers;

/// <summary>A running container of one service.</summary>
internal sealed record Container(string Service, string Id);
