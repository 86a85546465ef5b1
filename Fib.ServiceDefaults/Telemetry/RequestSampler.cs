using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Fib.ServiceDefaults.Telemetry;

/// <summary>
/// Begins a trace with a request or a message only. A query or a call that no request caused is a poll of an idle service, of
/// which there are several a second, and is recorded nowhere.
/// </summary>
internal sealed class RequestSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind is ActivityKind.Server or ActivityKind.Producer or ActivityKind.Consumer);
}
