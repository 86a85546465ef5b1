using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>Makes a stream usable again that somebody else has damaged.</summary>
public static class StreamMendingExtensions
{
    // A key of another type takes no entry, nor does a stream whose last id is the highest there is.
    // Ids are compared as text of equal length: they are longer than the numbers of a script.
    private const string Script = """
        local kind = redis.call('TYPE', KEYS[1]).ok
        if kind == 'none' then return 0 end
        if kind ~= 'stream' then redis.call('DEL', KEYS[1]) return 1 end

        local function read(list)
            local fields = {}
            for n = 1, #list, 2 do fields[list[n]] = list[n + 1] end
            return fields
        end

        local function pad(id)
            local time, number = string.match(id, '(%d+)-(%d+)')
            return string.rep('0', 20 - #time) .. time .. string.rep('0', 20 - #number) .. number
        end

        local last, mended = read(redis.call('XINFO', 'STREAM', KEYS[1]))['last-generated-id'], 0
        if last == '18446744073709551615-18446744073709551615' then redis.call('DEL', KEYS[1]) return 1 end
        for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
            group = read(group)
            if pad(group['last-delivered-id']) > pad(last) then
                redis.call('XGROUP', 'SETID', KEYS[1], group.name, last)
                mended = 2
            end
        end
        return mended
        """;

    /// <summary>Deletes the key where nothing can be appended to it, and sets its groups back where they stand beyond its last entry.</summary>
    /// <exception cref="RedisException">The server does not answer, or refuses.</exception>
    public static async Task<StreamMending> MendStreamAsync(this IDatabase database, string stream)
    {
        ArgumentNullException.ThrowIfNull(database);
        return (StreamMending)(int)await database.ScriptEvaluateAsync(Script, [stream]);
    }
}
