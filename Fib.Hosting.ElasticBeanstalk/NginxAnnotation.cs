namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>Replaces a resource by an nginx with these routes.</summary>
internal sealed record NginxAnnotation(IReadOnlyList<NginxRoute> Routes, Action<NginxOptions>? Configure) : IResourceAnnotation;
