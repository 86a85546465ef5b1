namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>A Beanstalk environment as it is.</summary>
/// <param name="Status">Such as <c>Ready</c> or <c>Updating</c>; <c>None</c> where there is no such environment.</param>
/// <param name="Health">Such as <c>Green</c>.</param>
/// <param name="Version">The label of the version it runs; <c>None</c> for none.</param>
/// <param name="Address">Its host name.</param>
internal sealed record EnvironmentState(string Status, string Health, string Version, string Address)
{
    public bool Exists => Status != "None";

    public bool IsReady => Status == "Ready";

    public bool IsGone => !Exists || Status.StartsWith("Terminat", StringComparison.Ordinal);

    public bool IsGreen => Health == "Green";

    public override string ToString() => $"runs {Version}, status {Status}, health {Health}";
}
