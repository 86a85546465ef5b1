namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>A directory from outside, writable by the container's user.</summary>
/// <param name="Target">Where the container sees it.</param>
internal abstract record Mount(string Target);

/// <summary>The directory whose files the platform collects as the service's logs.</summary>
internal sealed record LogMount(string Target) : Mount(Target);

/// <summary>A directory of the instance that the platform itself reads; without meaning where there is no such platform.</summary>
/// <param name="Source">The directory on the instance.</param>
/// <param name="Target">Where the container sees it.</param>
internal sealed record InstanceMount(string Source, string Target) : Mount(Target);

/// <summary>Data that outlives the container.</summary>
/// <param name="Name">The volume.</param>
/// <param name="Target">Where the container sees it.</param>
internal sealed record VolumeMount(string Name, string Target) : Mount(Target);
