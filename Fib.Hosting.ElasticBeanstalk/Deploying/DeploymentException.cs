namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>A deployment failed; the message has the state of the environment.</summary>
internal sealed class DeploymentException(string message) : Exception(message)
{
    /// <summary>AWS's error code, such as <c>RepositoryNotFoundException</c>; empty for none.</summary>
    public string Code { get; init; } = "";
}
