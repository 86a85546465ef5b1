namespace Aspire.Hosting.ApplicationModel;

/// <summary>How many instances of a project run.</summary>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>The number.</summary>
    public int Replicas { get; } = replicas;
}
