using System.Diagnostics;
using System.Text;
using Fib.Api.Backlog;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using StackExchange.Redis;

namespace Fib.Api.Storage;

/// <summary>The whole digits of computed terms: short ones are in their outcome, long ones in Redis.</summary>
internal sealed class TermStore(IConnectionMultiplexer redis, BacklogAppender appender)
{
    /// <summary>The term's length, 0 where it is not there, having marked the term as used just now.</summary>
    private const string FindScript = """
        local length = redis.pcall('STRLEN', KEYS[1])
        if type(length) == 'table' then return 0 end
        if length > 0 then
            local time = redis.call('TIME')
            redis.pcall('ZADD', KEYS[2], 'XX', string.format('%.0f', time[1] * 1000000 + time[2]), KEYS[1])
        end
        return length
        """;

    private static readonly TimeSpan RecomputationPause = TimeSpan.FromSeconds(5);

    /// <summary>The digits as a seekable stream, or null where Redis has dropped them; then the index is on the backlog again.</summary>
    public async Task<Stream?> OpenAsync(SequenceIndex index, OutcomeRecord outcome, CancellationToken cancellationToken)
    {
        if (outcome.Digits <= TermPreview.WholeDigits)
            return new MemoryStream(Encoding.ASCII.GetBytes(outcome.Preview), writable: false);

        var database = redis.GetDatabase();
        RedisKey key = BacklogKeys.Term(index);
        var length = (long)await database.ScriptEvaluateAsync(FindScript, [key, BacklogKeys.TermsByUse]).WaitAsync(cancellationToken);
        if (length > 0)
            return new TermStream(database, key, length);
        if (await database.StringSetAsync(BacklogKeys.Recomputation(index), RedisValue.EmptyString, RecomputationPause, When.NotExists).WaitAsync(cancellationToken))
            await appender.AppendAsync(index, Activity.Current?.Context ?? default).WaitAsync(cancellationToken);
        return null;
    }
}
