namespace Aspire.Hosting.Reporting;

/// <summary>A row of the table: an instance, and its state if it has one yet.</summary>
internal sealed record StatusRow(string Name, CustomResourceSnapshot? Snapshot);
