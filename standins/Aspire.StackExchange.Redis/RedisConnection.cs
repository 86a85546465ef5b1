using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Aspire.StackExchange.Redis;

/// <summary>The settings of one connection of the app model, and how it is opened.</summary>
internal sealed record RedisConnection(string Name, StackExchangeRedisSettings Settings, IConfiguration Section, Action<ConfigurationOptions>? Configure)
{
    private const string SectionName = "Aspire:StackExchange:Redis";

    public static RedisConnection Read(
        IConfiguration configuration,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings,
        Action<ConfigurationOptions>? configureOptions)
    {
        var section = configuration.GetSection(SectionName);
        var settings = new StackExchangeRedisSettings();
        section.Bind(settings);
        section.GetSection(name).Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(name) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);
        if (!settings.DisableTracing)
            throw new NotSupportedException($"The stand-in of Aspire.StackExchange.Redis has no traces: set DisableTracing for '{name}'.");
        return new RedisConnection(name, settings, section, configureOptions);
    }

    public ConnectionMultiplexer Open(IServiceProvider services)
    {
        var options = Settings.ConnectionString is { } text ? ConfigurationOptions.Parse(text) : new ConfigurationOptions();
        if (options.Defaults.GetType() == typeof(DefaultOptionsProvider))
            options.Defaults = new KeepTrying();
        Section.GetSection("ConfigurationOptions").Bind(options);
        Section.GetSection(Name).GetSection("ConfigurationOptions").Bind(options);
        Configure?.Invoke(options);
        if (options.EndPoints.Count == 0)
            throw new InvalidOperationException($"There is no endpoint: set 'ConnectionStrings:{Name}', or 'ConnectionString' in the section '{SectionName}'.");
        options.LoggerFactory ??= services.GetService<ILoggerFactory>();
        return ConnectionMultiplexer.Connect(options);
    }

    /// <summary>A server that is not there yet is no reason to give up.</summary>
    private sealed class KeepTrying : DefaultOptionsProvider
    {
        public override bool AbortOnConnectFail => false;
    }
}
