using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>A line of the summary.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineSummaryItem(string key, string value, bool enableMarkdown)
{
    /// <summary>What it is about.</summary>
    public string Key { get; } = key;

    /// <summary>What it says.</summary>
    public string Value { get; } = value;

    /// <summary>Whether that is Markdown.</summary>
    public bool EnableMarkdown { get; } = enableMarkdown;
}
