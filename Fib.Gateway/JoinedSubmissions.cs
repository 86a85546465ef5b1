using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Batching;

namespace Fib.Gateway;

/// <summary>The submissions to one replica of the service, and the batches that are sent for them.</summary>
internal sealed class JoinedSubmissions
{
    /// <summary>
    /// Submissions are joined for <see cref="BusyTime"/> after so many were concurrent. To wait for one or two others would cost
    /// more than it saves.
    /// </summary>
    public const int MinConcurrent = 4;

    /// <inheritdoc cref="MinConcurrent"/>
    public static readonly TimeSpan BusyTime = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time for which a batch that has no answer yet delays the next one.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(100);

    /// <summary>After this time without an answer, the submissions of a batch fail. It is as long as the timeout of the route.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>The time after a rejected batch in which none is sent: each of its submissions was sent twice.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Which share is best is measured (docs/performance.md).</summary>
    private const double TargetShare = 0.85;

    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _send;
    private readonly (Uri Address, Version Version, HttpVersionPolicy Policy) _request;
    private readonly CoalescedCall<SequenceIndex, Task<BatchAnswer>[]> _call;
    private readonly TimeProvider _time;
    private int _concurrent;
    private long _busyAt, _rejectedAt;

    /// <param name="first">A submission: batches go to the same replica with the same version of HTTP.</param>
    /// <param name="send">Sends a batch.</param>
    /// <param name="time">Limits the waiting.</param>
    public JoinedSubmissions(
        HttpRequestMessage first, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, TimeProvider time)
    {
        (_send, _time, _request) = (send, time, (new Uri(first.RequestUri!, "values/batch"), first.Version, first.VersionPolicy));
        _call = new(BeginAsync, Deadline, time, TargetShare);
        // As if both had happened, long enough ago.
        _busyAt = _rejectedAt = time.GetTimestamp() - (long)(Pause.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>Counts a submission until <see cref="Leave"/>, and returns whether to join it.</summary>
    public bool Enter()
    {
        var now = _time.GetTimestamp();
        if (Interlocked.Increment(ref _concurrent) >= MinConcurrent)
            Volatile.Write(ref _busyAt, now);
        return IsWithin(BusyTime, Volatile.Read(ref _busyAt)) && !IsWithin(Pause, Volatile.Read(ref _rejectedAt));

        bool IsWithin(TimeSpan span, long since) => _time.GetElapsedTime(since, now) < span;
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    public void Leave() => Interlocked.Decrement(ref _concurrent);

    /// <summary>
    /// Sends an index in a batch. It stays in the batch if the client stops waiting. Returns null if the service rejected the index or
    /// the batch, so that it is not stored.
    /// </summary>
    public async Task<HttpResponseMessage?> SendAsync(SequenceIndex index, CancellationToken cancellationToken)
    {
        var begun = await _call.RunAsync(index, out var position).WaitAsync(cancellationToken);
        var (batch, entry) = Math.DivRem(position, SubmissionRules.MaxBatchEntries);
        return (await begun[batch].WaitAsync(cancellationToken)).CreateMessage(entry);
    }

    /// <summary>Sends the batches. Returns when they are answered, or after <see cref="MaxWait"/>.</summary>
    private async Task<Task<BatchAnswer>[]> BeginAsync(IReadOnlyList<SequenceIndex> indexes)
    {
        var sent = indexes.Chunk(SubmissionRules.MaxBatchEntries).Select(PostAsync).ToArray();
        await ((Task)Task.WhenAll(sent).WaitAsync(MaxWait, _time)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return sent;
    }

    private async Task<BatchAnswer> PostAsync(SequenceIndex[] indexes)
    {
        using var deadline = new CancellationTokenSource(Deadline, _time);
        using var request = new HttpRequestMessage(HttpMethod.Post, _request.Address)
        {
            Version = _request.Version,
            VersionPolicy = _request.Policy,
            Content = BatchContent.Create(indexes),
        };
        using var response = await _send(request, deadline.Token);
        var answer = await BatchAnswer.ReadAsync(response, indexes.Length, deadline.Token);
        if (answer.IsRejected)
            Volatile.Write(ref _rejectedAt, _time.GetTimestamp());
        return answer;
    }
}
