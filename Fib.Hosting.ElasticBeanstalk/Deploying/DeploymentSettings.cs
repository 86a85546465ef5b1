namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>How long a deployment may take.</summary>
/// <param name="DeployTimeout">Until the new version runs.</param>
/// <param name="HealthTimeout">Until it is Green once it runs.</param>
/// <param name="PollInterval">Between two looks at it.</param>
/// <param name="SmokeTimeout">Until the smoke test passes once it is Green.</param>
internal sealed record DeploymentSettings(TimeSpan DeployTimeout, TimeSpan HealthTimeout, TimeSpan PollInterval, TimeSpan SmokeTimeout)
{
    public static DeploymentSettings Of(ElasticBeanstalkEnvironmentResource environment) =>
        new(environment.DeployTimeout, environment.HealthTimeout, environment.PollInterval, environment.SmokeTimeout);
}
