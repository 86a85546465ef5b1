using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Fib.Chaos.Load;

/// <summary>Sends submissions and records the result of each entry.</summary>
internal sealed class Submitter(HttpClient client, ConcurrentQueue<Attempt> attempts)
{
    private const int MaxTries = 400;

    /// <summary>Longer than any fault, and less than the tries would take if each waited for its timeout.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Sends a submission: once without a key; with a key until it is confirmed, at most 400 times and for three minutes.</summary>
    /// <returns>Whether every entry was acknowledged or rejected.</returns>
    public async Task<bool> SubmitAsync(Submission submission, string? key)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            var results = await SendAsync(submission, key);
            var isUnconfirmed = results.Any(attempt => attempt.Result == AttemptResult.Unconfirmed);
            var retries = key is not null && isUnconfirmed && tries < MaxTries && Stopwatch.GetElapsedTime(begun) < MaxTime;
            Add(results.Select(attempt => attempt with { Result = Read(attempt.Result, retries, key) }));
            if (!retries)
                return !isUnconfirmed;
            await Task.Delay(RetryDelay);
        }
    }

    /// <summary>
    /// Sends a confirmed submission again with its key, as a client does that lost the response. Nothing more may be stored.
    /// </summary>
    public async Task RepeatAsync(Submission submission, string key) =>
        Add((await SendAsync(submission, key)).Select(attempt =>
            attempt.Result == AttemptResult.Rejected ? attempt : attempt with { Result = AttemptResult.Retried }));

    /// <summary>Submits an index with the key of another, acknowledged submission; the api must reject it.</summary>
    public async Task ReuseKeyAsync(int index, string key)
    {
        var other = new Submission(false, new SubmissionEntry(index.ToString(CultureInfo.InvariantCulture), index));
        Add((await SendAsync(other, key)).Select(attempt => attempt.Result switch
        {
            AttemptResult.Acknowledged => attempt with { Result = AttemptResult.KeyReuseAccepted },
            AttemptResult.Rejected => attempt with { Index = null },
            // It must not count as a submission that may be stored.
            _ => attempt with { Index = null, Result = AttemptResult.Retried },
        }));
    }

    private static AttemptResult? Read(AttemptResult? result, bool retries, string? key) =>
        retries ? AttemptResult.Retried
        : result == AttemptResult.Unconfirmed && key is not null ? AttemptResult.GivenUp
        : result;

    private async Task<IReadOnlyList<Attempt>> SendAsync(Submission submission, string? key)
    {
        using var request = submission.ToRequest(key);
        var exchange = await HttpExchange.SendAsync(client, request);
        return [.. submission.Entries.Zip(submission.ReadResults(exchange), (entry, result) =>
            new Attempt(entry.Index, result, $"{submission.Name} {exchange.Status}", exchange.Sent, exchange.Ended))];
    }

    private void Add(IEnumerable<Attempt> results)
    {
        foreach (var attempt in results)
            attempts.Enqueue(attempt);
    }
}
