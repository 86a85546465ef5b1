using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Fib.ServiceDefaults.Settings;

/// <summary>Reads the separate variables of a deployment, such as <c>REDIS_HOST</c>; an empty one counts as unset.</summary>
public static class Variables
{
    /// <summary>The variable's text, or null if it is unset or empty.</summary>
    public static string? ReadText(this IConfiguration configuration, string name)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[name] is { Length: > 0 } text ? text : null;
    }

    /// <summary>The variable's text.</summary>
    /// <exception cref="SettingException">The variable is unset or empty.</exception>
    public static string ReadRequired(this IConfiguration configuration, string name, string description) =>
        configuration.ReadText(name) ?? throw new SettingException($"{name} is not set: it must be {description}.");

    /// <summary>The variable as a TCP port, 1 to 65535.</summary>
    /// <exception cref="SettingException">The variable has another value.</exception>
    public static int ReadPort(this IConfiguration configuration, string name, int defaultValue) =>
        configuration.ReadNumber(name, defaultValue, 1, 65535);

    /// <summary>The variable as a whole number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    /// <exception cref="SettingException">The variable has another value.</exception>
    public static int ReadNumber(this IConfiguration configuration, string name, int defaultValue, int min, int max)
    {
        if (configuration.ReadText(name) is not { } text)
            return defaultValue;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new SettingException(
                string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}': it must be a whole number from {min} to {max}."));
    }

    /// <summary>The variable as <c>true</c> or <c>false</c>; false if it is unset.</summary>
    /// <exception cref="SettingException">The variable has another value.</exception>
    public static bool ReadSwitch(this IConfiguration configuration, string name)
    {
        if (configuration.ReadText(name) is not { } text)
            return false;
        return bool.TryParse(text, out var value) ? value : throw new SettingException($"{name} is '{text}': it must be true or false.");
    }

    /// <summary>The text of a variable as an absolute http or https address.</summary>
    /// <exception cref="SettingException">It is something else.</exception>
    public static Uri ParseAddress(string name, string? text, string example) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingException($"{name} is '{text}': it must be an address such as {example}.");
}
