namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>What another service must have reached before one starts.</summary>
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
