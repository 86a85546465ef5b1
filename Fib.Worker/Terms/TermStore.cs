using Fib.Core.Backlog;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Streams;
using StackExchange.Redis;

namespace Fib.Worker.Terms;

/// <summary>Keeps terms in Redis, and sends what became of an index to the apis, which record it.</summary>
internal sealed class TermStore(IConnectionMultiplexer redis)
{
    /// <summary>The digits that are stored already, or null.</summary>
    public async Task<byte[]?> FindAsync(SequenceIndex index) => await redis.GetDatabase().StringGetAsync(BacklogKeys.Term(index));

    public Task StoreAsync(SequenceIndex index, byte[] digits) => redis.GetDatabase().StringSetAsync(BacklogKeys.Term(index), digits);

    public Task SendAsync(OutcomeEntry outcome) => redis.GetDatabase().AppendAsync(BacklogKeys.Outcomes, outcome.ToFields());
}
