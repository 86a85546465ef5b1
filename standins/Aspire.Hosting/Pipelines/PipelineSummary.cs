using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>What to tell at the end of a run.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineSummary
{
    private readonly List<PipelineSummaryItem> _items = [];

    /// <summary>What was added, in order.</summary>
    public ReadOnlyCollection<PipelineSummaryItem> Items => _items.AsReadOnly();

    /// <summary>Adds a line.</summary>
    public void Add(string key, string value) => _items.Add(new(key, value, enableMarkdown: false));

    /// <summary>Adds a line.</summary>
    public void Add(string key, MarkdownString value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _items.Add(new(key, value.Value, enableMarkdown: true));
    }
}
