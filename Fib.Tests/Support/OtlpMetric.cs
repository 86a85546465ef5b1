namespace Fib.Tests.Support;

/// <summary>One data point of an exported metric.</summary>
/// <param name="Service">The <c>service.name</c> of the process.</param>
/// <param name="Value">The value; of a histogram the number of measurements.</param>
internal sealed record OtlpMetric(string Service, string Name, string Unit, IReadOnlyDictionary<string, string> Tags, double Value);
