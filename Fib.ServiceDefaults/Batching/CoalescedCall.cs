using System.Diagnostics;

namespace Fib.ServiceDefaults.Batching;

/// <summary>
/// Makes one call at a time with the inputs of all callers that wait for it, and gives each its result. The input of a caller that
/// arrives during a call is part of the next one. Under load a call waits for more callers (<see cref="BatchingDelay"/>).
/// </summary>
public sealed class CoalescedCall<TInput, TResult>
{
    /// <summary>Callers within this time share a deadline: a timer for each would cost more than everything else here.</summary>
    private static readonly TimeSpan SharedDeadline = TimeSpan.FromMilliseconds(100);

    private readonly Func<IReadOnlyList<TInput>, Task<TResult>> _call;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;
    private readonly BatchingDelay _delay;
    private readonly Lock _lock = new();
    private TaskCompletionSource<TResult>? _next;
    private Task<TResult>? _nextInTime;
    private long _nextInTimeSince;
    private List<TInput> _inputs = [];
    private Activity? _request;
    private bool _isCalling;

    /// <param name="call">Makes one call with the inputs in the order of their callers.</param>
    /// <param name="deadline">How long a caller waits, or up to a tenth of a second less.</param>
    /// <param name="time">Limits the waiting.</param>
    /// <param name="targetShare">The share of the concurrent callers that ends the delay of a call (<see cref="BatchingDelay"/>).</param>
    public CoalescedCall(
        Func<IReadOnlyList<TInput>, Task<TResult>> call, TimeSpan deadline, TimeProvider time,
        double targetShare = BatchingDelay.DefaultShare)
    {
        (_call, _deadline, _time) = (call, deadline, time);
        _delay = new BatchingDelay(() => Volatile.Read(ref _inputs).Count, time, targetShare);
    }

    /// <summary>
    /// The result of a call that begins afterwards, with this input among others. The input stays part of the call if its caller stops
    /// waiting.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="position">The position of the input among those of the call.</param>
    /// <exception cref="TimeoutException">The call did not end within the deadline.</exception>
    public Task<TResult> RunAsync(TInput input, out int position)
    {
        Task<TResult> result;
        bool isCalling;
        lock (_lock)
        {
            if (_next is null)
                (_next, _request) = (new TaskCompletionSource<TResult>(), Activity.Current);
            position = _inputs.Count;
            _inputs.Add(input);
            (result, isCalling, _isCalling) = (GetNextInTime(_next.Task), _isCalling, true);
        }

        if (isCalling)
            _delay.OnEnqueued();
        else
            _ = CallAllAsync();
        return result;
    }

    private Task<TResult> GetNextInTime(Task<TResult> next)
    {
        var now = _time.GetTimestamp();
        if (_nextInTime is null || _time.GetElapsedTime(_nextInTimeSince, now) >= SharedDeadline)
            (_nextInTime, _nextInTimeSince) = (next.WaitAsync(_deadline, _time), now);
        return _nextInTime;
    }

    private async Task CallAllAsync()
    {
        try
        {
            do
                await CallNextAsync();
            while (HasWaiting());
        }
        catch (Exception exception)
        {
            // Such as too little memory: the next caller calls again.
            Reset()?.SetException(exception);
        }
    }

    private async Task CallNextAsync()
    {
        await _delay.WaitAsync();
        var (waiting, inputs, request) = TakeNext();
        try
        {
            var called = CallAsync(inputs, request);
            await ((Task)called).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _delay.OnCompleted(inputs.Count);
            // Runs the callers one after another beside the next call: this wakes one thread instead of one for each caller.
            ThreadPool.UnsafeQueueUserWorkItem(_ => waiting.SetFromTask(called), null);
        }
        catch (Exception exception)
        {
            waiting.TrySetException(exception);
            throw;
        }
    }

    /// <summary>
    /// Part of the trace of the first caller's request. An exception that the call throws synchronously ends in the task too.
    /// </summary>
    private async Task<TResult> CallAsync(IReadOnlyList<TInput> inputs, Activity? request)
    {
        Activity.Current = request is { IsStopped: false } ? request : null;
        return await _call(inputs);
    }

    private (TaskCompletionSource<TResult> Waiting, IReadOnlyList<TInput> Inputs, Activity? Request) TakeNext()
    {
        lock (_lock)
        {
            var taken = (_next!, _inputs, _request);
            (_next, _nextInTime, _inputs, _request) = (null, null, new List<TInput>(_inputs.Count), null);
            return taken;
        }
    }

    private TaskCompletionSource<TResult>? Reset()
    {
        lock (_lock)
        {
            var waiting = _next;
            (_next, _nextInTime, _request, _isCalling) = (null, null, null, false);
            _inputs.Clear();
            return waiting;
        }
    }

    private bool HasWaiting()
    {
        lock (_lock)
            return _isCalling = _next is not null;
    }
}
