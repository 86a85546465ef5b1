namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>A deployment failed; the message says how the environment was left.</summary>
internal sealed class DeploymentException(string message) : Exception(message)
{
    /// <summary>AWS's error code, such as <c>RepositoryNotFoundException</c>; empty where there is none.</summary>
    public string Code { get; init; } = "";
}
