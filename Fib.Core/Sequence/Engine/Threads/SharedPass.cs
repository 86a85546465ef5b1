using System.Runtime.ExceptionServices;

namespace Fib.Core.Sequence.Engine.Threads;

/// <summary>The parts of one pass. Each thread takes the next part until none is left; the order does not matter.</summary>
internal sealed class SharedPass(int count, Action<int> part)
{
    private int _taken;

    private int _completed;

    private Exception? _failure;

    /// <summary>Runs the next part; false if none is left.</summary>
    public bool RunNext()
    {
        if (Volatile.Read(ref _taken) >= count)
            return false;
        var next = Interlocked.Increment(ref _taken) - 1;
        if (next >= count)
            return false;
        try
        {
            if (Volatile.Read(ref _failure) is null)
                part(next);
        }
        catch (Exception exception)
        {
            // Join throws it on the thread of the computation.
            Interlocked.CompareExchange(ref _failure, exception, null);
        }
        Interlocked.Increment(ref _completed);
        return true;
    }

    /// <summary>Waits until all parts are complete; throws the first failure.</summary>
    public void Join()
    {
        for (var spinner = new SpinWait(); Volatile.Read(ref _completed) < count;)
            spinner.SpinOnce(sleep1Threshold: -1);
        if (_failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }
}
