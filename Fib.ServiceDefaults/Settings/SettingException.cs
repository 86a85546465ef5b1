namespace Fib.ServiceDefaults.Settings;

/// <summary>A setting is missing or malformed; the message is one line with the setting's name and its valid values.</summary>
public sealed class SettingException : Exception
{
    /// <summary>An invalid setting.</summary>
    public SettingException(string message) : base(message)
    {
    }

    /// <summary>An invalid setting, and the exception that it caused.</summary>
    public SettingException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An unspecified invalid setting.</summary>
    public SettingException()
    {
    }
}
