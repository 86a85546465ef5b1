namespace Aspire.Hosting.ApplicationModel;

/// <summary>Defaults of waiting.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What a wait does when the other resource has failed.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; } = WaitBehavior.StopOnResourceUnavailable;
}
