namespace Aspire.Hosting.Pipelines;

/// <summary>How a step or task ended.</summary>
public enum CompletionState
{
    /// <summary>It has not.</summary>
    InProgress,

    /// <summary>Well.</summary>
    Completed,

    /// <summary>With a warning.</summary>
    CompletedWithWarning,

    /// <summary>It failed.</summary>
    CompletedWithError,
}
