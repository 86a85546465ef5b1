using System.Diagnostics;
using OpenTelemetry;

namespace Fib.ServiceDefaults.Telemetry;

/// <summary>Keeps the traces of health probes, which come every few seconds, out of the export.</summary>
internal sealed class HealthTraceFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem("url.path") is "/health" or "/alive")
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
