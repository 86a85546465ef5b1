namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>The condition of another service under which a service starts.</summary>
internal sealed record Dependency(string Service, DependencyCondition Condition);

internal enum DependencyCondition
{
    /// <summary>Its container has been started.</summary>
    Started,

    /// <summary>Its health check has passed.</summary>
    Healthy,

    /// <summary>It has ended with exit code 0.</summary>
    Completed,
}
