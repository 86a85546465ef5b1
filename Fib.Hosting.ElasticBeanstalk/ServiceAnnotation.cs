namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>Deploys a resource as a service.</summary>
internal sealed record ServiceAnnotation(Action<ElasticBeanstalkService> Configure) : IResourceAnnotation;
