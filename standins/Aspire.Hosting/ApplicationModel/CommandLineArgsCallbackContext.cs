using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a callback that adds arguments gets.</summary>
public sealed class CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
{
    /// <summary>The arguments so far: strings, or values that are evaluated later.</summary>
    public IList<object> Args { get; } = args ?? throw new ArgumentNullException(nameof(args));

    /// <summary>The resource the arguments are for.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Cancelled when the start is given up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The mode the application is in.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; init; } = new(DistributedApplicationOperation.Run);

    /// <summary>The resource's log.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
