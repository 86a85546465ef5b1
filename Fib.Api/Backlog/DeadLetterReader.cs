using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>The dead letters, which are kept until their index is requeued or newer ones take their place.</summary>
internal sealed class DeadLetterReader(IConnectionMultiplexer redis)
{
    /// <summary>Every letter that is about an index; there are about <see cref="BacklogKeys.MaxDeadLetters"/> at most.</summary>
    public async Task<ILookup<SequenceIndex, RedisValue>> ReadAsync(CancellationToken cancellationToken)
    {
        var letters = await redis.GetDatabase().StreamRangeAsync(BacklogKeys.DeadLetters).WaitAsync(cancellationToken);
        return letters.Select(letter => (letter.Id, Index: DeadLetter.ReadIndex(letter.ToFields()))).Where(letter => letter.Index is not null)
            .ToLookup(letter => letter.Index!.Value, letter => letter.Id);
    }

    public async Task RemoveAsync(IReadOnlyCollection<RedisValue> letters, CancellationToken cancellationToken)
    {
        if (letters.Count > 0)
            await redis.GetDatabase().StreamDeleteAsync(BacklogKeys.DeadLetters, [.. letters]).WaitAsync(cancellationToken);
    }
}
