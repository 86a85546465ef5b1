using Fib.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>Where Redis is: <c>ConnectionStrings:{name}</c>, or without one REDIS_HOST, REDIS_PORT, REDIS_PASSWORD and REDIS_TLS.</summary>
/// <param name="ConnectionString">In StackExchange.Redis' format, without the password of REDIS_PASSWORD.</param>
/// <param name="Password">REDIS_PASSWORD: apart, because that format cannot hold every character.</param>
internal sealed record RedisVariables(string ConnectionString, string? Password)
{
    /// <summary>Reads the connection string, else the separate variables.</summary>
    /// <exception cref="SettingException">REDIS_HOST is missing, or a variable is malformed.</exception>
    public static RedisVariables Read(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is { Length: > 0 } connectionString)
            return new RedisVariables(Checked(connectionString, name), null);

        var host = configuration.ReadRequired("REDIS_HOST", "the host name of the Redis server");
        if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4))
            throw new SettingException($"REDIS_HOST is '{host}': it must be the host name of the Redis server.");
        var port = configuration.ReadPort("REDIS_PORT", 6379);
        var tls = configuration.ReadSwitch("REDIS_TLS") ? ",ssl=true" : "";
        return new RedisVariables($"{host}:{port}{tls}", configuration.ReadText("REDIS_PASSWORD"));
    }

    private static string Checked(string connectionString, string name)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString).EndPoints.Count > 0 ? connectionString : throw new ArgumentException("There is no host.");
        }
        catch (ArgumentException wrong)
        {
            throw new SettingException($"ConnectionStrings__{name} is no Redis connection string: it must look like host:6379,password=...,ssl=true", wrong);
        }
    }
}
