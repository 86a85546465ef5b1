namespace Aspire.Hosting;

/// <summary>When a snapshot is saved.</summary>
internal sealed record PersistenceAnnotation(TimeSpan Interval, long KeysChanged) : IResourceAnnotation;
