using System.Text.Json;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Batching;
using Fib.ServiceDefaults.Http;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>The submissions to a cluster, and the batches that are sent for them.</summary>
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

    private readonly ClusterState _cluster;
    private readonly ReplicaClient _replicas;
    private readonly CoalescedCall<SequenceIndex, Task<BatchAnswer>[]> _call;
    private readonly TimeProvider _time;
    private int _concurrent;
    private long _busyAt, _rejectedAt;

    public JoinedSubmissions(ClusterState cluster, ReplicaClient replicas, TimeProvider time)
    {
        (_cluster, _replicas, _time) = (cluster, replicas, time);
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

    /// <summary>Sends an index in a batch.</summary>
    /// <returns>The answer to the batch, and the position of the index in it.</returns>
    /// <exception cref="TimeoutException">The batch was not sent, or not answered, within <see cref="Deadline"/>.</exception>
    public async Task<(BatchAnswer Batch, int Entry)> SendAsync(SequenceIndex index)
    {
        var begun = await _call.RunAsync(index, out var position);
        var (batch, entry) = Math.DivRem(position, SubmissionRules.MaxBatchEntries);
        return (await begun[batch], entry);
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
        var answer = await TryPostAsync(indexes);
        if (answer.IsRejectedByService)
            Volatile.Write(ref _rejectedAt, _time.GetTimestamp());
        return answer;
    }

    private async Task<BatchAnswer> TryPostAsync(SequenceIndex[] indexes)
    {
        using var replica = _replicas.Select(_cluster);
        if (replica is null)
            return BatchAnswer.NotSent;
        using var deadline = new CancellationTokenSource(Deadline, _time);
        using var request = new HttpRequestMessage(HttpMethod.Post, replica.CreateAddress("/values/batch"))
        {
            Content = BatchContent.Create(indexes),
        };
        try
        {
            return await replica.SendAsync(
                request, response => BatchAnswer.ReadAsync(response, indexes.Length, deadline.Token), deadline.Token);
        }
        catch (Exception exception) when (ConnectFailure.Is(exception))
        {
            return BatchAnswer.NotSent;
        }
        catch (OperationCanceledException exception)
        {
            replica.ReportTimeout(exception);
            return BatchAnswer.Failed(new(ForwarderError.RequestTimedOut, exception));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return BatchAnswer.Failed(new(ForwarderError.Request, exception));
        }
    }
}
