using Fib.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>
/// The address of Redis: <c>ConnectionStrings:{name}</c>, or if that is not set REDIS_HOST, REDIS_PORT, REDIS_PASSWORD and REDIS_TLS.
/// </summary>
/// <param name="ConnectionString">In the format of StackExchange.Redis, without the password of REDIS_PASSWORD.</param>
/// <param name="Password">REDIS_PASSWORD. It is separate because that format cannot contain every character.</param>
internal sealed record RedisVariables(string ConnectionString, string? Password)
{
    /// <summary>Reads the connection string, or else the separate variables.</summary>
    /// <exception cref="SettingException">REDIS_HOST is missing, or a value is malformed.</exception>
    public static RedisVariables Read(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is { Length: > 0 } connectionString)
            return new RedisVariables(Validate(connectionString, name), null);

        var host = configuration.ReadRequired("REDIS_HOST", "the host name of the Redis server");
        if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4))
            throw new SettingException($"REDIS_HOST is '{host}': it must be the host name of the Redis server.");
        var port = configuration.ReadPort("REDIS_PORT", 6379);
        var tls = configuration.ReadSwitch("REDIS_TLS") ? ",ssl=true" : "";
        return new RedisVariables($"{host}:{port}{tls}", configuration.ReadText("REDIS_PASSWORD"));
    }

    private static string Validate(string connectionString, string name)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString).EndPoints.Count > 0
                ? connectionString
                : throw new ArgumentException("There is no host.");
        }
        catch (ArgumentException exception)
        {
            throw new SettingException(
                $"ConnectionStrings__{name} is no Redis connection string: it must look like host:6379,password=...,ssl=true", exception);
        }
    }
}
