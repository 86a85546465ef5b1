namespace Aspire.Hosting.Orchestration;

/// <summary>How a resource becomes a process of this machine.</summary>
internal interface IProcessRecipe
{
    /// <summary>Takes what no other host may use meanwhile; throws <see cref="HostRefusal"/> when it is taken, before anything starts.</summary>
    void Claim(IResource resource, RunSession session);

    /// <summary>Makes everything ready and says what to start.</summary>
    Task<ProcessSpec> PrepareAsync(LaunchContext launch, CancellationToken cancellationToken);
}
