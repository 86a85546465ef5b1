using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Fib.ServiceDefaults.Telemetry;

/// <summary>
/// Starts a trace only with a request or a message. A query or a call outside a trace is a poll of an idle service; there are
/// several a second, and none is recorded.
/// </summary>
internal sealed class RequestSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind is ActivityKind.Server or ActivityKind.Producer or ActivityKind.Consumer);
}
