using Aspire.Hosting.ApplicationModel;

namespace Fib.AppHost.Publishing.Reading;

/// <summary>What a resource becomes in the environment.</summary>
internal sealed class BeanstalkServiceResource(string name, ElasticBeanstalkEnvironmentResource parent) : Resource(name), IResourceWithParent<ElasticBeanstalkEnvironmentResource>
{
    public ElasticBeanstalkEnvironmentResource Parent { get; } = parent;
}
