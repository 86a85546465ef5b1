namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>A command that runs in the container at intervals; exit code 0 means alive.</summary>
/// <param name="Command">Program and arguments, without a shell.</param>
internal sealed record HealthCheck(IReadOnlyList<string> Command)
{
    /// <summary>Seconds between two runs, and before the first.</summary>
    public const int Interval = 5;

    /// <summary>Seconds a run may take.</summary>
    public const int Timeout = 5;

    /// <summary>Failures in a row that make it unhealthy.</summary>
    public const int Retries = 3;

    /// <summary>Seconds after the start during which failures do not count.</summary>
    public const int StartPeriod = 30;
}
