using System.Net;

namespace Fib.Tests.Chaos;

/// <summary>How one index fared at the step where something was killed.</summary>
/// <param name="Index">A submission's index, which nothing else submits.</param>
/// <param name="Answer">The status of the answer; null where the connection broke.</param>
internal sealed record Passage(int Index, HttpStatusCode? Answer);
