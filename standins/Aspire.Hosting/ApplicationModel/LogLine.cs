namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line a resource wrote, numbered from 1.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
