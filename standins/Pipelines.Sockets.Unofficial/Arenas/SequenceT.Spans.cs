namespace Pipelines.Sockets.Unofficial.Arenas;

public readonly partial struct Sequence<T>
{
    /// <summary>A sequence seen as its segments.</summary>
    public readonly struct SpanEnumerable
    {
        private readonly Sequence<T> _sequence;

        internal SpanEnumerable(in Sequence<T> sequence) => _sequence = sequence;

        /// <summary>Goes over the segments, in order.</summary>
        public SpanEnumerator GetEnumerator() => new(_sequence);
    }

    /// <summary>Stands on one segment at a time.</summary>
    public struct SpanEnumerator
    {
        private readonly Sequence<T> _sequence;
        private bool _given;

        internal SpanEnumerator(in Sequence<T> sequence)
        {
            _sequence = sequence;
            _given = sequence.IsEmpty;
        }

        /// <summary>The segment stood on.</summary>
        public readonly Span<T> Current => _sequence.FirstSpan;

        /// <summary>Steps on; false at the end.</summary>
        public bool MoveNext()
        {
            if (_given) return false;
            return _given = true;
        }
    }
}
