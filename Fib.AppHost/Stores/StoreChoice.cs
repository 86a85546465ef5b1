using Microsoft.Extensions.Configuration;

namespace Fib.AppHost.Stores;

/// <summary>How the stores run: <c>--stores containers</c>, <c>processes</c> or <c>auto</c>, the default.</summary>
/// <param name="Kind">Containers or processes.</param>
/// <param name="Reason">The reason of an automatic choice, for the start message; null if the kind was configured or nothing runs.</param>
internal sealed record StoreChoice(StoreKind Kind, string? Reason)
{
    /// <summary>
    /// Chooses before the model is built, since an application with a container never completes its start without a runtime. In publish
    /// mode the stores are always containers.
    /// </summary>
    /// <exception cref="DistributedApplicationException">The setting is invalid, or neither kind can run; the message has the missing
    /// program.</exception>
    public static StoreChoice Read(IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return new StoreChoice(StoreKind.Containers, null);
        return builder.Configuration["Stores"]?.ToUpperInvariant() switch
        {
            "CONTAINERS" => new StoreChoice(StoreKind.Containers, null),
            "PROCESSES" => StorePrograms.Missing is { } missing
                ? throw new DistributedApplicationException($"{missing} Or run the stores as containers: --stores containers.")
                : new StoreChoice(StoreKind.Processes, null),
            null or "" or "AUTO" => Detect(builder.Configuration),
            _ => throw new DistributedApplicationException(
                $"Stores is '{builder.Configuration["Stores"]}': it must be containers, processes or auto."),
        };
    }

    private static StoreChoice Detect(IConfiguration configuration)
    {
        if (ContainerRuntime.Find(configuration) is { } runtime)
            return new StoreChoice(StoreKind.Containers, $"{runtime} answers");
        return StorePrograms.Missing is { } missing
            ? throw new DistributedApplicationException(
                "No container runtime answers: start Docker or Podman." +
                (OperatingSystem.IsWindows() ? "" : $" Or run the stores as processes: {missing}"))
            : new StoreChoice(StoreKind.Processes, "no container runtime answers");
    }

    /// <summary>Such as <c>processes (no container runtime answers)</c>.</summary>
    public override string ToString() => Reason is null ? Name : $"{Name} ({Reason})";

    private string Name => Kind == StoreKind.Containers ? "containers" : "processes";
}

/// <summary>How Redis and PostgreSQL run during development.</summary>
internal enum StoreKind
{
    /// <summary>As containers, the default of Aspire.</summary>
    Containers,

    /// <summary>As processes of the locally installed redis-server and PostgreSQL, if there is no container runtime.</summary>
    Processes,
}
