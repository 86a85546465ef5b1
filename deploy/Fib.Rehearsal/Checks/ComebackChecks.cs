using System.Net;
using Fib.Rehearsal.Containers;
using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Checks;

/// <summary>What happens when a container dies or is made anew: its neighbours find it again.</summary>
internal sealed class ComebackChecks(ComposeProject project, FrontDoor door)
{
    private const string ComeBackLater = "503 application/problem+json, Retry-After ";
    private const string Missing = "missing";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Kills a service's process: the restart policy brings it back, and an index travels through the system again.</summary>
    public async Task<string> CrashAsync(string service, CancellationToken cancellationToken)
    {
        var container = await project.FindAsync(service, cancellationToken);
        var before = await Engine.InspectAsync(container.Id, cancellationToken);
        await Engine.CrashAsync(container.Id, cancellationToken);
        await Eventually.HoldsAsync($"{service} is restarted", async token =>
            await Engine.InspectAsync(container.Id, token) is { Running: true } now && now.Restarts > before.Restarts, Longest, cancellationToken);
        await StartCheck.WaitAsync(container, cancellationToken);
        return await TravelAsync(cancellationToken);
    }

    /// <summary>Takes a service's container away and makes another.</summary>
    public async Task<string> RecreateAsync(string service, CancellationToken cancellationToken)
    {
        await project.RemoveAsync(service, cancellationToken);
        return await CreateAsync(service, cancellationToken);
    }

    /// <summary>While the api is away, the router says so: not healthy, and problem details that name a time to come back.</summary>
    public async Task<string> MissAsync(string service, CancellationToken cancellationToken)
    {
        await project.RemoveAsync(service, cancellationToken);
        await Eventually.HoldsAsync("/health answers, and not with 200", async token =>
        {
            using var health = await door.Client.GetAsync("health", token);
            return health.StatusCode != HttpStatusCode.OK;
        }, Longest, cancellationToken);
        var seen = await AskAsync(cancellationToken);
        return seen.StartsWith(ComeBackLater, StringComparison.Ordinal) && !seen.EndsWith(Missing, StringComparison.Ordinal) ? $"/health tells, /api: {seen}" : throw new CheckFailedException(seen);
    }

    /// <summary>Makes the service's container and waits until an index travels through it.</summary>
    public async Task<string> CreateAsync(string service, CancellationToken cancellationToken)
    {
        await project.CreateAsync(service, cancellationToken);
        await StartCheck.WaitAsync(await project.FindAsync(service, cancellationToken), cancellationToken);
        return await TravelAsync(cancellationToken);
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var answer = await door.Client.GetAsync("api/values/current", cancellationToken);
        return $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType?.MediaType}, Retry-After {answer.Headers.RetryAfter?.ToString() ?? Missing}";
    }

    private async Task<string> TravelAsync(CancellationToken cancellationToken)
    {
        var seen = await door.TravelAsync(cancellationToken);
        await Eventually.HoldsAsync("the page is there", async token =>
        {
            using var page = await door.Client.GetAsync("", token);
            return page.IsSuccessStatusCode;
        }, Longest, cancellationToken);
        return seen;
    }
}
