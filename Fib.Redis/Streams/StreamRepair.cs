using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>Makes a stream usable again after another program has damaged it.</summary>
public static class StreamRepair
{
    // Entries cannot be appended to a key of another type, nor to a stream whose last id is the highest possible.
    // Ids are compared as text of equal length: they exceed the precision of Lua's numbers.
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

        local last, result = read(redis.call('XINFO', 'STREAM', KEYS[1]))['last-generated-id'], 0
        if last == '18446744073709551615-18446744073709551615' then
            local entries = ARGV[1] == '1' and redis.call('XRANGE', KEYS[1], '-', '+') or {}
            redis.call('DEL', KEYS[1])
            for _, entry in ipairs(entries) do redis.call('XADD', KEYS[1], '*', unpack(entry[2])) end
            return 1
        end
        for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
            group = read(group)
            if pad(group['last-delivered-id']) > pad(last) then
                redis.call('XGROUP', 'SETID', KEYS[1], group.name, last)
                result = 2
            end
        end
        return result
        """;

    /// <summary>
    /// Deletes the key if nothing can be appended to it, and sets each group back whose last delivered id is beyond the stream's last id.
    /// </summary>
    /// <param name="database">Holds the stream.</param>
    /// <param name="stream">The key.</param>
    /// <param name="keepEntries">
    /// Whether the entries of a deleted stream are appended again with new ids; for streams of bounded length, because Redis serves
    /// no other command meanwhile.
    /// </param>
    /// <exception cref="RedisException">The server does not answer, or rejects the command.</exception>
    public static async Task<StreamRepairResult> RepairStreamAsync(this IDatabase database, string stream, bool keepEntries = false)
    {
        ArgumentNullException.ThrowIfNull(database);
        return (StreamRepairResult)(int)await database.ScriptEvaluateAsync(Script, [stream], [keepEntries]);
    }
}

/// <summary>What <see cref="StreamRepair"/> changed.</summary>
public enum StreamRepairResult
{
    /// <summary>Nothing: the stream was usable, or did not exist.</summary>
    None,

    /// <summary>The key was deleted: nothing could be appended to it.</summary>
    Deleted,

    /// <summary>A group was set back to the stream's last id: it was beyond that, and would not have received the next entries.</summary>
    Rewound,
}
