namespace Aspire.Hosting;

/// <summary>The statement that creates a database in place of the usual one.</summary>
internal sealed record CreationScriptAnnotation(string Script) : IResourceAnnotation;
