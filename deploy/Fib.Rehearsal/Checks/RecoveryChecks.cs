using System.Net;
using Fib.LocalSystem.Processes;
using Fib.Rehearsal.Containers;

namespace Fib.Rehearsal.Checks;

/// <summary>Checks that the system recovers after a container crashes or is replaced.</summary>
internal sealed class RecoveryChecks(ComposeProject project, EdgeClient edge)
{
    private const string UnavailableProblem = "503 application/problem+json, Retry-After ";
    private const string Missing = "missing";
    private static readonly TimeSpan RecoveryTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Kills a service's process: the restart policy must restart it, and the system must compute a term again.</summary>
    public async Task<string> CrashAsync(string service, CancellationToken cancellationToken)
    {
        var container = await project.FindAsync(service, cancellationToken);
        var before = await Engine.InspectAsync(container.Id, cancellationToken);
        await Engine.CrashAsync(container.Id, cancellationToken);
        await Eventually.HoldsAsync($"{service} is restarted", async token =>
            await Engine.InspectAsync(container.Id, token) is { Running: true } now && now.Restarts > before.Restarts,
            RecoveryTimeout, cancellationToken);
        await ContainerChecks.WaitHealthyAsync(container, cancellationToken);
        return await WaitForSystemAsync(cancellationToken);
    }

    /// <summary>Replaces a service's container by a new one.</summary>
    public async Task<string> RecreateAsync(string service, CancellationToken cancellationToken)
    {
        await project.RemoveAsync(service, cancellationToken);
        return await CreateAsync(service, cancellationToken);
    }

    /// <summary>
    /// Removes a service's container: <c>/health</c> must not answer 200, and <c>/api</c> must answer 503 with problem details and
    /// Retry-After.
    /// </summary>
    /// <exception cref="CheckFailedException"><c>/api</c> answers otherwise.</exception>
    public async Task<string> RemoveAsync(string service, CancellationToken cancellationToken)
    {
        await project.RemoveAsync(service, cancellationToken);
        await Eventually.HoldsAsync("/health answers another status than 200", async token =>
        {
            using var health = await edge.Http.GetAsync("health", token);
            return health.StatusCode != HttpStatusCode.OK;
        }, RecoveryTimeout, cancellationToken);
        var api = await DescribeApiResponseAsync(cancellationToken);
        return api.StartsWith(UnavailableProblem, StringComparison.Ordinal) && !api.EndsWith(Missing, StringComparison.Ordinal)
            ? $"/health is not 200, /api: {api}"
            : throw new CheckFailedException(api);
    }

    /// <summary>Creates a service's container and waits until the system computes a term.</summary>
    public async Task<string> CreateAsync(string service, CancellationToken cancellationToken)
    {
        await project.CreateAsync(service, cancellationToken);
        await ContainerChecks.WaitHealthyAsync(await project.FindAsync(service, cancellationToken), cancellationToken);
        return await WaitForSystemAsync(cancellationToken);
    }

    private async Task<string> DescribeApiResponseAsync(CancellationToken cancellationToken)
    {
        using var response = await edge.Http.GetAsync("api/values/current", cancellationToken);
        var retryAfter = response.Headers.RetryAfter?.ToString() ?? Missing;
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType?.MediaType}, Retry-After {retryAfter}";
    }

    private async Task<string> WaitForSystemAsync(CancellationToken cancellationToken)
    {
        var result = await edge.SubmitAndReadTermAsync(cancellationToken);
        await Eventually.HoldsAsync("the page answers", async token =>
        {
            using var page = await edge.Http.GetAsync("", token);
            return page.IsSuccessStatusCode;
        }, RecoveryTimeout, cancellationToken);
        return result;
    }
}
