using System.Globalization;
using Fib.Redis.Backlog;

namespace Fib.Chaos.Tampering;

/// <summary>Commands on entries, consumers and terms that the server selects when it runs the script.</summary>
internal static class TamperingScripts
{
    /// <summary>Selects one of the stored terms by a number, with <c>pick(n)</c>; ends the script if there are none.</summary>
    private const string PickTerm = """
        local function pick(number)
            local terms = {}
            for _, key in ipairs(redis.call('KEYS', KEYS[1] .. '*')) do
                if string.match(key, '^%d+$', #KEYS[1] + 1) then terms[#terms + 1] = key end
            end
            table.sort(terms)
            return terms[tonumber(number) % #terms + 1]
        end
        local term = pick(ARGV[1])
        if not term then return 0 end
        """;

    public static TamperingCommand DeleteTerm(int number) => OnTerm("DEL", $"{PickTerm} return redis.call('DEL', term)", number);

    public static TamperingCommand ReplaceTermByList(int number) =>
        OnTerm("LPUSH in place of", $"{PickTerm} redis.call('DEL', term) return redis.call('LPUSH', term, 'text')", number);

    /// <summary>Deletes a term and sets its recomputation mark without an expiry, as if the term was on the backlog forever.</summary>
    public static TamperingCommand MarkAsRequested(int number) =>
        OnTerm("DEL and SET :requested of", $"{PickTerm} redis.call('DEL', term) return redis.call('SET', term .. ':requested', 'text')", number);

    public static TamperingCommand RenameTerm(int number, int other) =>
        OnTerm("RENAME to the name of another", $"{PickTerm} return redis.call('RENAME', term, pick(ARGV[2]))", number, other);

    public static TamperingCommand DeleteEntries(string stream, int count) => new(
        $"XDEL {stream} (the first {Text(count)})",
        "EVAL", """
        local ids = {}
        for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[1])) do ids[#ids + 1] = entry[1] end
        return #ids == 0 and 0 or redis.call('XDEL', KEYS[1], unpack(ids))
        """, "1", stream, Text(count));

    public static TamperingCommand Acknowledge((string Stream, string Group) of, int count) => new(
        $"XACK {of.Stream} {of.Group} (the first {Text(count)})",
        "EVAL", """
        local ids = {}
        for _, entry in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', ARGV[2])) do ids[#ids + 1] = entry[1] end
        return #ids == 0 and 0 or redis.call('XACK', KEYS[1], ARGV[1], unpack(ids))
        """, "1", of.Stream, of.Group, Text(count));

    public static TamperingCommand DeleteConsumer((string Stream, string Group) of, int number) => new(
        $"XGROUP DELCONSUMER {of.Stream} {of.Group} (one of them)",
        "EVAL", """
        local consumers = redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
        if #consumers == 0 then return 0 end
        return redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumers[tonumber(ARGV[2]) % #consumers + 1][2])
        """, "1", of.Stream, of.Group, Text(number));

    public static TamperingCommand ReplaceByList(string key) => new(
        $"LPUSH in place of {key}", "EVAL", "redis.call('DEL', KEYS[1]) return redis.call('LPUSH', KEYS[1], 'text')", "1", key);

    private static TamperingCommand OnTerm(string text, string script, params int[] numbers) =>
        new($"{text} {BacklogKeys.TermPrefix}* (one of them)", ["EVAL", script, "1", BacklogKeys.TermPrefix, .. numbers.Select(Text)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
