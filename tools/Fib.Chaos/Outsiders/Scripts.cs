using System.Globalization;
using Fib.Redis.Backlog;

namespace Fib.Chaos.Outsiders;

/// <summary>Commands on entries, consumers and terms whose names only the server knows when it is asked.</summary>
internal static class Scripts
{
    /// <summary>One of the terms that are held, by a number: <c>pick(n)</c>, or nil where there is none.</summary>
    private const string Pick = """
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

    public static Meddling DeleteTerm(int number) => OnTerm("DEL", $"{Pick} return redis.call('DEL', term)", number);

    public static Meddling ReplaceTermByList(int number) => OnTerm("LPUSH in place of", $"{Pick} redis.call('DEL', term) return redis.call('LPUSH', term, 'text')", number);

    /// <summary>Without an expiry: the term is dropped, and is as if it was on the backlog again for ever.</summary>
    public static Meddling MarkAsAsked(int number) => OnTerm("DEL and SET :asked of", $"{Pick} redis.call('DEL', term) return redis.call('SET', term .. ':asked', 'text')", number);

    public static Meddling RenameTerm(int number, int other) => OnTerm("RENAME to another's name", $"{Pick} return redis.call('RENAME', term, pick(ARGV[2]))", number, other);

    public static Meddling DeleteEntries(string stream, int count) => new(
        $"XDEL {stream} (the first {Text(count)})",
        "EVAL", """
        local ids = {}
        for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[1])) do ids[#ids + 1] = entry[1] end
        return #ids == 0 and 0 or redis.call('XDEL', KEYS[1], unpack(ids))
        """, "1", stream, Text(count));

    public static Meddling Acknowledge((string Stream, string Group) of, int count) => new(
        $"XACK {of.Stream} {of.Group} (the first {Text(count)})",
        "EVAL", """
        local ids = {}
        for _, entry in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', ARGV[2])) do ids[#ids + 1] = entry[1] end
        return #ids == 0 and 0 or redis.call('XACK', KEYS[1], ARGV[1], unpack(ids))
        """, "1", of.Stream, of.Group, Text(count));

    public static Meddling DeleteConsumer((string Stream, string Group) of, int number) => new(
        $"XGROUP DELCONSUMER {of.Stream} {of.Group} (one of them)",
        "EVAL", """
        local consumers = redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
        return #consumers == 0 and 0 or redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumers[tonumber(ARGV[2]) % #consumers + 1][2])
        """, "1", of.Stream, of.Group, Text(number));

    public static Meddling ReplaceByList(string key) => new(
        $"LPUSH in place of {key}", "EVAL", "redis.call('DEL', KEYS[1]) return redis.call('LPUSH', KEYS[1], 'text')", "1", key);

    private static Meddling OnTerm(string what, string script, params int[] numbers) =>
        new($"{what} {BacklogKeys.TermPrefix}* (one of them)", ["EVAL", script, "1", BacklogKeys.TermPrefix, .. numbers.Select(Text)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
