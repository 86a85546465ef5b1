namespace Fib.Bench.Page;

/// <summary>One load of a page by a browser that has nothing of it yet.</summary>
/// <param name="Requests">How many answers it took; the stream of events does not count, it has no end.</param>
/// <param name="Bytes">Their headers and bodies as they were transferred.</param>
/// <param name="FirstPaint">Milliseconds until the first content was painted (w3.org, "Paint Timing").</param>
/// <param name="Shift">How much the layout moved by itself (web.dev, "Cumulative Layout Shift").</param>
internal sealed record PageLoad(int Requests, long Bytes, double FirstPaint, double Shift);
