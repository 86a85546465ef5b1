using Aspire.Hosting.ApplicationModel;

namespace Fib.AppHost.Publishing.Reading;

/// <summary>Deploys a resource as a service.</summary>
internal sealed record BeanstalkServiceAnnotation(Action<BeanstalkService> Configure) : IResourceAnnotation;
