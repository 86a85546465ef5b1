namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Puts an nginx with these routes in a resource's place.</summary>
internal sealed record NginxAnnotation(IReadOnlyList<NginxRoute> Routes, Action<NginxOptions>? Configure) : IResourceAnnotation;
