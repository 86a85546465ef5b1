using System.Diagnostics;
using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// Runs work on threads of its own, so that a busy thread pool does not hold up a connection. What the threads can't take
/// at once goes to the thread pool; nothing is dropped.
/// </summary>
public sealed class DedicatedThreadPoolPipeScheduler : PipeScheduler, IDisposable
{
    private readonly Queue<(Action<object?> Action, object? State)> _queue = new();
    private readonly int _queueLength;
    private int _idle;
    private long _servicedByQueue;
    private long _servicedByPool;
    private bool _disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="name">Names the threads; null means the type's name.</param>
    /// <param name="workerCount">How many threads, at least 1.</param>
    /// <param name="useThreadPoolQueueLength">How many pieces of work may wait before further ones go to the thread pool.</param>
    /// <param name="priority">The priority of the threads.</param>
    public DedicatedThreadPoolPipeScheduler(
        string? name = null,
        int workerCount = 5,
        int useThreadPoolQueueLength = 10,
        ThreadPriority priority = ThreadPriority.Normal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workerCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(useThreadPoolQueueLength);
        name = string.IsNullOrWhiteSpace(name) ? nameof(DedicatedThreadPoolPipeScheduler) : name;
        WorkerCount = workerCount;
        _queueLength = useThreadPoolQueueLength;
        for (var i = 1; i <= workerCount; i++)
            new Thread(Work) { Name = $"{name} {i}", IsBackground = true, Priority = priority }.UnsafeStart();
    }

    /// <summary>How many threads there are.</summary>
    public int WorkerCount { get; }

    /// <summary>How many of the threads wait for work.</summary>
    public int AvailableCount => Volatile.Read(ref _idle);

    /// <summary>How many pieces of work the threads have taken.</summary>
    public long TotalServicedByQueue => Volatile.Read(ref _servicedByQueue);

    /// <summary>How many pieces of work went to the thread pool.</summary>
    public long TotalServicedByPool => Volatile.Read(ref _servicedByPool);

    /// <inheritdoc/>
    public override void Schedule(Action<object?> action, object? state)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (TryEnqueue(action, state)) return;
        Interlocked.Increment(ref _servicedByPool);
        PipeScheduler.ThreadPool.Schedule(action, state);
    }

    /// <summary>Ends the threads once they have done what waits; later work goes to the thread pool.</summary>
    public void Dispose()
    {
        lock (_queue)
        {
            _disposed = true;
            Monitor.PulseAll(_queue);
        }
    }

    private bool TryEnqueue(Action<object?> action, object? state)
    {
        lock (_queue)
        {
            if (_disposed || _queue.Count >= _queueLength) return false;
            _queue.Enqueue((action, state));
            if (_idle > 0) Monitor.Pulse(_queue);
            return true;
        }
    }

    private void Work()
    {
        while (TryDequeue(out var work))
        {
            try
            {
                work.Action(work.State);
            }
            catch (Exception exception)
            {
                // Continuations keep their own exceptions; one that gets here must not end the thread others rely on.
                Trace.TraceError($"{Thread.CurrentThread.Name}: {exception}");
            }
        }
    }

    private bool TryDequeue(out (Action<object?> Action, object? State) work)
    {
        lock (_queue)
        {
            while (!_queue.TryDequeue(out work))
            {
                if (_disposed) return false;
                _idle++;
                Monitor.Wait(_queue);
                _idle--;
            }

            _servicedByQueue++;
            return true;
        }
    }
}
