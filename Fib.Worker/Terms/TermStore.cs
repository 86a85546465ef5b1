using System.Globalization;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using StackExchange.Redis;

namespace Fib.Worker.Terms;

/// <summary>Keeps long terms in Redis, within a byte budget, and sends what became of an index to the apis, which record it.</summary>
internal sealed class TermStore(IConnectionMultiplexer redis, TermLimits limits)
{
    /// <summary>Stores a term, then drops the least recently used others until the budget holds: in one step, so that the count of bytes stays right.</summary>
    private const string Script = """
        local bytes = redis.call('INCRBY', KEYS[3], #ARGV[2] - redis.call('STRLEN', KEYS[1]))
        redis.call('SET', KEYS[1], ARGV[2])
        redis.call('ZADD', KEYS[2], redis.call('TIME')[1], KEYS[1])
        while bytes > tonumber(ARGV[1]) do
            local oldest = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
            if oldest == KEYS[1] or not oldest then break end
            bytes = redis.call('DECRBY', KEYS[3], redis.call('STRLEN', oldest))
            redis.call('DEL', oldest)
            redis.call('ZREM', KEYS[2], oldest)
        end
        """;

    /// <summary>The digits of a long term that is stored already, or null.</summary>
    public async Task<byte[]?> FindAsync(SequenceIndex index) => await redis.GetDatabase().StringGetAsync(BacklogKeys.Term(index));

    public Task StoreAsync(SequenceIndex index, byte[] digits) =>
        redis.GetDatabase().ScriptEvaluateAsync(
            Script,
            [BacklogKeys.Term(index), BacklogKeys.TermsByUse, BacklogKeys.TermsBytes],
            [limits.CacheBytes.ToString(CultureInfo.InvariantCulture), digits]);

    public Task SendAsync(OutcomeEntry outcome) => redis.GetDatabase().AppendAsync(BacklogKeys.Outcomes, outcome.ToFields());
}
