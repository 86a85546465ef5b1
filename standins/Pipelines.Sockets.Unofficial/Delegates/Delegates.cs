namespace Pipelines.Sockets.Unofficial;

/// <summary>Looks into a delegate without allocating its invocation list.</summary>
public static partial class Delegates
{
    /// <summary>Whether <paramref name="handler"/> calls exactly one method.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    public static bool IsSingle(this MulticastDelegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return handler.HasSingleTarget;
    }

    /// <summary>The delegates that <paramref name="handler"/> combines, in the order of their calls; none if it is null.</summary>
    /// <typeparam name="T">The type of the delegate.</typeparam>
    public static DelegateEnumerable<T> AsEnumerable<T>(this T? handler)
        where T : MulticastDelegate => new(handler);
}
