namespace Pipelines.Sockets.Unofficial.Arenas;

public readonly partial struct Sequence<T>
{
    /// <summary>Stands on one element at a time.</summary>
    public struct Enumerator
    {
        private readonly Sequence<T> _sequence;
        private int _index;

        internal Enumerator(in Sequence<T> sequence)
        {
            _sequence = sequence;
            _index = -1;
        }

        /// <summary>The element stood on, not a copy of it.</summary>
        public readonly ref T Current => ref _sequence[_index];

        /// <summary>Steps on; false at the end.</summary>
        public bool MoveNext() => ++_index < _sequence._length;

        /// <summary>Steps on and gives that element.</summary>
        /// <exception cref="IndexOutOfRangeException">There are no more.</exception>
        public ref T GetNext() => ref _sequence[++_index];
    }
}
