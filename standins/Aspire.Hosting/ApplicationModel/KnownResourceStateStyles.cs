namespace Aspire.Hosting.ApplicationModel;

/// <summary>How states are shown.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>As it should be.</summary>
    public static readonly string Success = "success";

    /// <summary>Broken.</summary>
    public static readonly string Error = "error";

    /// <summary>Neutral.</summary>
    public static readonly string Info = "info";

    /// <summary>Doubtful.</summary>
    public static readonly string Warn = "warn";
}
