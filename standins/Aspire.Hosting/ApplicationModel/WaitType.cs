namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is waited for.</summary>
public enum WaitType
{
    /// <summary>Running and healthy.</summary>
    WaitUntilHealthy,

    /// <summary>Finished, with the expected exit code.</summary>
    WaitForCompletion,

    /// <summary>Running.</summary>
    WaitUntilStarted,
}
