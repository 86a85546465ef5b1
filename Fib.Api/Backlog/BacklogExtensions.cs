namespace Fib.Api.Backlog;

/// <summary>Registers the backlog: what is appended, repaired and requeued, and who works on it.</summary>
internal static class BacklogExtensions
{
    public static void AddBacklog(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BacklogAppender>();
        builder.Services.AddSingleton<PendingTerms>().AddSingleton<LostIndexes>().AddHostedService<BacklogRepair>();
        builder.Services.AddSingleton<FailedTerms>().AddSingleton<DeadLetters>();
        builder.Services.AddHealthChecks().AddCheck<LiveWorkersHealthCheck>("workers");
    }
}
