using System.Text;
using Fib.Api.Backlog;
using Fib.Core.Backlog;
using Fib.Core.Sequence;
using StackExchange.Redis;

namespace Fib.Api.Storage;

/// <summary>The whole digits of computed terms: short ones are in their outcome, long ones in Redis.</summary>
internal sealed class TermStore(IConnectionMultiplexer redis, BacklogAppender appender)
{
    /// <summary>The digits, or null where Redis has dropped them; then the index is on the backlog again.</summary>
    public async Task<byte[]?> GetAsync(SequenceIndex index, OutcomeRecord outcome)
    {
        if (outcome.Digits <= TermPreview.WholeDigits)
            return Encoding.ASCII.GetBytes(outcome.Preview);
        if ((byte[]?)await redis.GetDatabase().StringGetAsync(BacklogKeys.Term(index)) is { } digits)
            return digits;
        await appender.AppendAsync(index, System.Diagnostics.Activity.Current?.Context ?? default);
        return null;
    }
}
