namespace Aspire.Hosting.ApplicationModel;

/// <summary>The commands every process and store takes.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts it, without waiting for others.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Stops it.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Stops it and starts it.</summary>
    public static readonly string RestartCommand = "restart";
}
