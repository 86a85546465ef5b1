namespace Pipelines.Sockets.Unofficial;

public static partial class Delegates
{
    /// <summary>A delegate seen as the delegates it combines.</summary>
    /// <typeparam name="T">The type of the delegate.</typeparam>
    public readonly struct DelegateEnumerable<T>
        where T : MulticastDelegate
    {
        private readonly T? _handler;

        internal DelegateEnumerable(T? handler) => _handler = handler;

        /// <summary>Goes over the delegates, in the order of their calls.</summary>
        public DelegateEnumerator<T> GetEnumerator() => new(_handler);
    }

    /// <summary>Stands on one delegate at a time.</summary>
    /// <typeparam name="T">The type of the delegate.</typeparam>
    public struct DelegateEnumerator<T> : IDisposable
        where T : MulticastDelegate
    {
        private Delegate.InvocationListEnumerator<T> _inner;

        internal DelegateEnumerator(T? handler) => _inner = Delegate.EnumerateInvocationList(handler);

        /// <summary>The delegate stood on.</summary>
        public readonly T Current => _inner.Current;

        /// <summary>Steps on; false at the end.</summary>
        public bool MoveNext() => _inner.MoveNext();

        /// <summary>Does nothing; the library's loops call it.</summary>
        public readonly void Dispose()
        {
        }
    }
}
