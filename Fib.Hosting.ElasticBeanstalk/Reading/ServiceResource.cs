namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>What a resource becomes in the environment.</summary>
internal sealed class ServiceResource(string name, ElasticBeanstalkEnvironmentResource parent) : Resource(name), IResourceWithParent<ElasticBeanstalkEnvironmentResource>
{
    public ElasticBeanstalkEnvironmentResource Parent { get; } = parent;
}
