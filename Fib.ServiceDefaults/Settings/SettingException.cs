namespace Fib.ServiceDefaults.Settings;

/// <summary>A setting is missing or malformed; the message is one line that names it and says what is right.</summary>
public sealed class SettingException : Exception
{
    /// <summary>A setting that is wrong.</summary>
    public SettingException(string message) : base(message)
    {
    }

    /// <summary>A setting that is wrong, and what found it.</summary>
    public SettingException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Some setting is wrong.</summary>
    public SettingException()
    {
    }
}
