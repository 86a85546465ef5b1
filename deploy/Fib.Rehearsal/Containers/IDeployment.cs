namespace Fib.Rehearsal.Containers;

/// <summary>The four containers, started by compose or as an ECS task. Disposing removes them.</summary>
internal interface IDeployment : IAsyncDisposable
{
    /// <summary>Starts all containers.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>All containers, running or not, sorted by service.</summary>
    Task<IReadOnlyList<Container>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>A container of the system.</summary>
/// <param name="Service">The name of its service.</param>
/// <param name="Id">Its id or name, as <c>docker</c> accepts it.</param>
internal sealed record Container(string Service, string Id);
