using System.Threading.RateLimiting;
using Fib.Web.Components.Pages;

namespace Fib.Web.Components;

/// <summary>How many pages are rendered at once: each takes memory until it is written, and a crowd must not take all that there is.</summary>
internal static class PageLimit
{
    /// <summary>The name of the policy.</summary>
    public const string Policy = "pages";

    /// <summary>With fifty rows a page takes megabytes, and the heap of a small container has 64 (32 at once did not fit, 12 nearly).</summary>
    private const int AtOnce = 4;

    /// <summary>Who comes beyond them is answered 503 with Retry-After.</summary>
    private const int Waiting = 1_000;

    public static void AddPageLimit(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        var limiter = new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
        limits.AddPolicy(Policy, _ => RateLimitPartition.GetConcurrencyLimiter(Policy, _ => limiter));
        limits.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.SayAway();
            return ValueTask.CompletedTask;
        };
    });
}
