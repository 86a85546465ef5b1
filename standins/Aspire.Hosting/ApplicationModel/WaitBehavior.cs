namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a wait does when the other resource has failed.</summary>
public enum WaitBehavior
{
    /// <summary>Goes on waiting, in case it is started again.</summary>
    WaitOnResourceUnavailable,

    /// <summary>Fails too.</summary>
    StopOnResourceUnavailable,
}
