namespace Fib.Redis.Streams;

/// <summary>What was done to a stream so that it carries entries again.</summary>
public enum StreamMending
{
    /// <summary>Nothing had to be.</summary>
    None,

    /// <summary>The key was deleted: nothing could be appended to it any more.</summary>
    Deleted,

    /// <summary>A group was set back to the last entry: it stood beyond it, and would have been given none of the next.</summary>
    Rewound,
}
