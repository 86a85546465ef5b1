namespace Fib.Api.Snapshots;

/// <summary>The history as it was at one time.</summary>
/// <param name="Text">The JSON of its beginning, from the opening bracket on, without the closing one.</param>
/// <param name="LastId">The last submission in the text; 0 where there is none.</param>
/// <param name="NewestId">The last submission of the history.</param>
internal sealed record HistorySnapshot(TextSnapshot Text, long LastId, long NewestId)
{
    /// <summary>Nothing is missing in the text.</summary>
    public bool IsWhole => LastId == NewestId;
}
