using System.Collections.Concurrent;
using System.Globalization;

namespace Fib.Chaos.Load;

/// <summary>Submits, and notes what came of each entry.</summary>
internal sealed class Submitter(HttpClient client, ConcurrentQueue<Attempt> attempts)
{
    private const int MostTries = 400;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Without a key once; with one again and again until it is answered.</summary>
    /// <returns>Whether it was answered, so that what it says is known.</returns>
    public async Task<bool> SubmitAsync(Submission submission, string? key)
    {
        for (var tries = 1; ; tries++)
        {
            var tried = await TryAsync(submission, key);
            var isOpen = tried.Any(attempt => attempt.Answer == Answer.Open);
            var again = key is not null && isOpen && tries < MostTries;
            Add(again ? tried.Select(attempt => attempt with { Answer = Answer.Retried }) : tried);
            if (!again)
                return !isOpen;
            await Task.Delay(RetryPause);
        }
    }

    /// <summary>Once more with its key though it was answered, as a client does that lost the answer: nothing is stored besides.</summary>
    public async Task RepeatAsync(Submission submission, string key) =>
        Add((await TryAsync(submission, key)).Select(attempt => attempt.Answer == Answer.Refused ? attempt : attempt with { Answer = Answer.Retried }));

    /// <summary>Another index with the key of an acknowledged one, which must be refused.</summary>
    public async Task MisuseAsync(int index, string key)
    {
        var other = new Submission(false, new Entry(index.ToString(CultureInfo.InvariantCulture), index));
        Add((await TryAsync(other, key)).Select(attempt => attempt.Answer switch
        {
            Answer.Acknowledged => attempt with { Answer = Answer.Misused },
            Answer.Refused => attempt with { Index = null },
            // It is nothing that may be stored: no entry of the books is for it.
            _ => attempt with { Index = null, Answer = Answer.Retried },
        }));
    }

    private async Task<IReadOnlyList<Attempt>> TryAsync(Submission submission, string? key)
    {
        using var request = submission.ToRequest(key);
        var exchange = await Exchange.SendAsync(client, request);
        return [.. submission.Entries.Zip(submission.Read(exchange), (entry, answer) =>
            new Attempt(entry.Index, answer, $"{submission.Name} {exchange.Outcome}", exchange.Sent, exchange.Ended))];
    }

    private void Add(IEnumerable<Attempt> tried)
    {
        foreach (var attempt in tried)
            attempts.Enqueue(attempt);
    }
}
