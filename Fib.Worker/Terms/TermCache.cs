using System.Globalization;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using StackExchange.Redis;

namespace Fib.Worker.Terms;

/// <summary>
/// A cache of long terms in Redis, limited to <see cref="TermLimits.CacheBytes"/>; evicts the least recently used. A larger term is kept
/// until the next one is stored.
/// </summary>
internal sealed class TermCache(IConnectionMultiplexer redis, TermLimits limits)
{
    /// <summary>
    /// Atomically stores a term and evicts the least recently used other terms until the size is within the limit. Each call checks
    /// the next 500 terms for keys that no longer exist. If the recorded uses or sizes are damaged, they are rebuilt from the keys.
    /// </summary>
    private const string Script = """
        local term, used, sizes, time = KEYS[1], KEYS[2], KEYS[3], redis.call('TIME')
        local now = time[1] * 1000000 + time[2]

        local function add(key, bytes)
            redis.call('ZADD', used, string.format('%.0f', now), key)
            redis.call('HSET', sizes, key, bytes)
            return redis.call('HINCRBY', sizes, 'total', bytes)
        end

        local function remove(key)
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
                    local isTerm = string.match(key, '^%d+$', #ARGV[3] + 1)
                    if isTerm and redis.call('HEXISTS', sizes, key) == 0 then add(key, redis.call('STRLEN', key)) end
                end
            until cursor == '0'
        end

        local function check()
            local from = tonumber(redis.call('HGET', sizes, 'checked'))
            local page = redis.call('ZRANGE', used, from, from + 499)
            if #page > 0 and redis.call('EXISTS', unpack(page)) < #page then
                for _, key in ipairs(page) do
                    if redis.call('EXISTS', key) == 0 then remove(key) end
                end
            end
            redis.call('HSET', sizes, 'checked', #page == 500 and from + 500 or 0)
        end

        local known, sized = redis.pcall('ZCARD', used), redis.pcall('HLEN', sizes)
        if type(known) == 'table' or type(sized) == 'table' or sized ~= known + 2 then rebuild() else check() end
        remove(term)
        redis.call('SET', term, ARGV[2])
        local bytes = add(term, #ARGV[2])
        while bytes > tonumber(ARGV[1]) do
            local oldest = redis.call('ZRANGE', used, 0, 1)
            local evicted = oldest[1] ~= term and oldest[1] or oldest[2]
            if not evicted then break end
            redis.call('DEL', evicted)
            bytes = remove(evicted)
        end
        """;

    /// <summary>Finds the digits of a cached term. Returns null if the key does not hold that term.</summary>
    public async Task<byte[]?> FindAsync(SequenceIndex index)
    {
        try
        {
            byte[]? digits = await redis.GetDatabase().StringGetAsync(BacklogKeys.Term(index));
            return digits is not null && TermEngine.IsTerm(index.Value, digits) ? digits : null;
        }
        catch (RedisServerException exception) when (RedisFailure.IsWrongType(exception))
        {
            return null;
        }
    }

    /// <summary>Stores the digits of a long term and evicts others if needed.</summary>
    public Task StoreAsync(SequenceIndex index, byte[] digits) =>
        redis.GetDatabase().ScriptEvaluateAsync(
            Script,
            [BacklogKeys.Term(index), BacklogKeys.TermsByUse, BacklogKeys.TermSizes],
            [limits.CacheBytes.ToString(CultureInfo.InvariantCulture), digits, BacklogKeys.TermPrefix]);
}
