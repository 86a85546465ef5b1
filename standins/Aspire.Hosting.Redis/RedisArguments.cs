using System.Globalization;

namespace Aspire.Hosting;

/// <summary>The server's arguments as its container takes them: a list in run mode, one line for a shell when published.</summary>
internal static class RedisArguments
{
    public const string Server = "redis-server", RequirePassword = "--requirepass", PasswordVariable = "$REDIS_PASSWORD";

    public static void Add(CommandLineArgsCallbackContext context, RedisResource redis)
    {
        List<string> arguments = [Server];
        if (redis.PasswordParameter is not null)
            arguments.AddRange([RequirePassword, PasswordVariable]);
        if (redis.TryGetLastAnnotation<PersistenceAnnotation>(out var persistence))
            arguments.AddRange(["--save", persistence.Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture), persistence.KeysChanged.ToString(CultureInfo.InvariantCulture)]);
        if (context.ExecutionContext.IsPublishMode)
            arguments = ["-c", string.Join(' ', arguments)];
        foreach (var argument in arguments)
            context.Args.Add(argument);
    }
}
