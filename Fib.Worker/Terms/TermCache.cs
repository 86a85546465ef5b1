using System.Globalization;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.Redis.Streams;
using StackExchange.Redis;

namespace Fib.Worker.Terms;

/// <summary>Keeps long terms in Redis, within a byte budget, and sends what became of an index to the apis, which record it.</summary>
internal sealed class TermStore(IConnectionMultiplexer redis, TermLimits limits)
{
    /// <summary>
    /// Stores a term, then drops the least recently used others until the budget holds, in one step. What is counted is what
    /// was stored: keys that vanished are looked for, 500 at a time in turn, and where the books themselves are damaged
    /// they are written anew from the keys that there are.
    /// </summary>
    private const string Script = """
        local term, used, sizes, time = KEYS[1], KEYS[2], KEYS[3], redis.call('TIME')
        local now = time[1] * 1000000 + time[2]

        local function add(key, bytes)
            redis.call('ZADD', used, string.format('%.0f', now), key)
            redis.call('HSET', sizes, key, bytes)
            return redis.call('HINCRBY', sizes, 'total', bytes)
        end

        local function forget(key)
            local bytes = redis.call('HGET', sizes, key) or 0
            redis.call('ZREM', used, key)
            redis.call('HDEL', sizes, key)
            return redis.call('HINCRBY', sizes, 'total', 0 - bytes)
        end

        local function rebuild()
            redis.call('DEL', used, sizes)
            redis.call('HSET', sizes, 'total', 0, 'checked', 0)
            local cursor = '0'
            repeat
                local page = redis.call('SCAN', cursor, 'MATCH', ARGV[3] .. '*', 'COUNT', 1000, 'TYPE', 'string')
                cursor = page[1]
                for _, key in ipairs(page[2]) do
                    if string.match(key, '^%d+$', #ARGV[3] + 1) and redis.call('HEXISTS', sizes, key) == 0 then add(key, redis.call('STRLEN', key)) end
                end
            until cursor == '0'
        end

        local function check()
            local from = tonumber(redis.call('HGET', sizes, 'checked'))
            local some = redis.call('ZRANGE', used, from, from + 499)
            if #some > 0 and redis.call('EXISTS', unpack(some)) < #some then
                for _, key in ipairs(some) do
                    if redis.call('EXISTS', key) == 0 then forget(key) end
                end
            end
            redis.call('HSET', sizes, 'checked', #some == 500 and from + 500 or 0)
        end

        local known, sized = redis.pcall('ZCARD', used), redis.pcall('HLEN', sizes)
        if type(known) == 'table' or type(sized) == 'table' or sized ~= known + 2 then rebuild() else check() end
        forget(term)
        redis.call('SET', term, ARGV[2])
        local bytes = add(term, #ARGV[2])
        while bytes > tonumber(ARGV[1]) do
            local oldest = redis.call('ZRANGE', used, 0, 1)
            local dropped = oldest[1] == term and oldest[2] or oldest[1]
            if not dropped then break end
            redis.call('DEL', dropped)
            bytes = forget(dropped)
        end
        """;

    /// <summary>The digits of a long term that is stored already, or null; what is no such term is replaced when it is stored.</summary>
    public async Task<byte[]?> FindAsync(SequenceIndex index)
    {
        try
        {
            byte[]? digits = await redis.GetDatabase().StringGetAsync(BacklogKeys.Term(index));
            return digits is not null && TermEngine.IsTerm(index.Value, digits) ? digits : null;
        }
        catch (RedisServerException other) when (RedisFailure.IsWrongType(other))
        {
            return null;
        }
    }

    /// <summary>Stores a long term's digits within the budget.</summary>
    public Task StoreAsync(SequenceIndex index, byte[] digits) =>
        redis.GetDatabase().ScriptEvaluateAsync(
            Script,
            [BacklogKeys.Term(index), BacklogKeys.TermsByUse, BacklogKeys.TermSizes],
            [limits.CacheBytes.ToString(CultureInfo.InvariantCulture), digits, BacklogKeys.TermPrefix]);

    /// <summary>Sends what became of an index, with the trace context of this.</summary>
    public async Task SendAsync(OutcomeEntry outcome)
    {
        using var activity = StreamActivity.StartSend(BacklogKeys.Outcomes, default);
        var traced = outcome with { TraceParent = StreamActivity.GetTraceParent(activity, default) };
        await redis.GetDatabase().AppendAsync(BacklogKeys.Outcomes, traced.ToFields());
    }
}
