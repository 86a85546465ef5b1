using System.Globalization;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Runs this machine's redis-server, for loopback only. The password goes in a file only its user reads, not on the command line.</summary>
internal sealed class RedisRecipe(string dataFolder) : IProcessRecipe
{
    private string? _data;
    private string? _settings;

    public void Claim(IResource resource, RunSession session)
    {
        _data = session.Data(resource, dataFolder);
        _settings = Path.Combine(session.Temp("settings"), resource.Name + ".conf");
    }

    public async Task<ProcessSpec> PrepareAsync(LaunchContext launch, CancellationToken cancellationToken)
    {
        var redis = (RedisResource)launch.Resource;
        var server = Commands.Find(RedisArguments.Server)
            ?? throw new DistributedApplicationException($"'{redis.Name}' needs redis-server, which is not installed (Debian: apt-get install redis-server).");
        var (arguments, variables) = await launch.EvaluateAsync(cancellationToken);
        var password = redis.PasswordParameter is null ? null : await redis.PasswordParameter.GetValueAsync(cancellationToken);
        await WriteSettingsAsync(redis.PrimaryEndpoint.Port, password, cancellationToken);
        var (_, version) = await Tool.RunAsync(server, ["--version"], "/", cancellationToken);
        launch.Log.LogInformation("{Server} stands in for the image {Image}: {Version}", server, redis.TryGetContainerImageName(out var image) ? image : "", version.Trim());
        variables.Remove("REDIS_PASSWORD");
        return new(server, [_settings!, .. Given(arguments)], _data!, InheritedEnvironment.With(variables));
    }

    // What the model adds comes after; the password is in the settings.
    private static IEnumerable<string> Given(List<string> arguments) =>
        arguments.SkipWhile(a => a == RedisArguments.Server).Where(a => a is not (RedisArguments.RequirePassword or RedisArguments.PasswordVariable));

    private Task WriteSettingsAsync(int port, string? password, CancellationToken cancellationToken)
    {
        string[] settings =
        [
            "bind 127.0.0.1 -::1",
            string.Create(CultureInfo.InvariantCulture, $"port {port}"),
            $"dir \"{_data}\"",
            "save \"\"",
            "daemonize no",
            .. password is null ? (string[])["protected-mode no"] : [$"requirepass \"{Escaped(password)}\""],
        ];
        using (new FileStream(_settings!, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            return File.WriteAllLinesAsync(_settings!, settings, cancellationToken);
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
