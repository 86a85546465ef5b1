namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>A resource and the service it becomes.</summary>
internal sealed record DeployedResource(IResource Resource, ElasticBeanstalkService Service)
{
    /// <summary>Whether nginx takes the resource's place.</summary>
    public bool IsNginx => Resource.HasAnnotationOfType<NginxAnnotation>();

    /// <summary>Whether others get properties instead of its connection string; what it runs is then described by the AppHost's callback alone.</summary>
    public bool IsStore => Resource.HasAnnotationOfType<ExistingAnnotation>();
}
