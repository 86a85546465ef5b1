namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>A file or directory from outside the container.</summary>
/// <param name="Target">Its path in the container.</param>
internal abstract record Mount(string Target)
{
    /// <summary>Whether the container cannot change it.</summary>
    public bool ReadOnly { get; init; }
}

/// <summary>The directory whose files the platform collects as the service's logs.</summary>
internal sealed record LogMount(string Target) : Mount(Target);

/// <summary>A directory of the instance that the Beanstalk platform reads; not used on plain ECS.</summary>
/// <param name="Source">The directory on the instance.</param>
/// <param name="Target">Its path in the container.</param>
internal sealed record InstanceMount(string Source, string Target) : Mount(Target);

/// <summary>A file or directory of the bundle itself.</summary>
/// <param name="Source">Its path in the bundle.</param>
/// <param name="Target">Its path in the container.</param>
internal sealed record BundleMount(string Source, string Target) : Mount(Target);

/// <summary>Data that outlives the container.</summary>
/// <param name="Name">The volume.</param>
/// <param name="Target">Its path in the container.</param>
internal sealed record VolumeMount(string Name, string Target) : Mount(Target);
