using Microsoft.Extensions.Configuration;

namespace Fib.AppHost.Stores;

/// <summary>How the stores run: <c>--stores containers</c>, <c>processes</c> or <c>auto</c>, the default.</summary>
/// <param name="Kind">What they run as.</param>
/// <param name="Reason">Why, for the line that is printed at the start; null where it was asked for or nothing runs.</param>
internal sealed record StoreChoice(StoreKind Kind, string? Reason)
{
    /// <summary>
    /// Decides before the model is built, since the start of an application with a container never completes without a runtime.
    /// A published application always has containers, which the publisher turns into what is deployed.
    /// </summary>
    /// <exception cref="DistributedApplicationException">The setting is malformed, or neither kind can run here; the message says what is missing.</exception>
    public static StoreChoice Read(IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return new StoreChoice(StoreKind.Containers, null);
        return builder.Configuration["Stores"]?.ToUpperInvariant() switch
        {
            "CONTAINERS" => new StoreChoice(StoreKind.Containers, null),
            "PROCESSES" => StorePrograms.Missing is { } missing ? throw new DistributedApplicationException($"{missing} Or run the stores as containers: --stores containers.") : new StoreChoice(StoreKind.Processes, null),
            null or "" or "AUTO" => Detect(builder.Configuration),
            _ => throw new DistributedApplicationException($"Stores is '{builder.Configuration["Stores"]}': it must be containers, processes or auto."),
        };
    }

    private static StoreChoice Detect(IConfiguration configuration)
    {
        if (ContainerRuntime.Find(configuration) is { } runtime)
            return new StoreChoice(StoreKind.Containers, $"{runtime} answers");
        return StorePrograms.Missing is { } missing
            ? throw new DistributedApplicationException($"No container runtime answers: start Docker or Podman. Or run the stores as processes: {missing}")
            : new StoreChoice(StoreKind.Processes, "no container runtime answers");
    }

    /// <summary>Such as <c>processes (no container runtime answers)</c>.</summary>
    public override string ToString() => Reason is null ? Name : $"{Name} ({Reason})";

    private string Name => Kind == StoreKind.Containers ? "containers" : "processes";
}
