namespace Fib.Rehearsal.Containers;

/// <summary>The four containers, whichever way they were started. Disposing takes them down.</summary>
internal interface IDeployment : IAsyncDisposable
{
    /// <summary>Starts all of them.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>All that exist, running or not.</summary>
    Task<IReadOnlyList<Container>> ListAsync(CancellationToken cancellationToken);
}
