using Fib.Api.Storage;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Fib.Api.Terms;

/// <summary>What the endpoints need.</summary>
internal static class TermsExtensions
{
    /// <summary>A request waits no longer than this for a store.</summary>
    public static readonly TimeSpan StoreDeadline = TimeSpan.FromSeconds(1.5);

    public static void AddTerms(this WebApplicationBuilder builder)
    {
        var maximum = builder.Configuration.ReadNumber("MAXIMUM_INDEX", SequenceIndex.DefaultMaximum, 0, SequenceIndex.Limit);
        builder.Services.AddSingleton(new IndexReader(maximum)).AddSingleton<BatchReader>();
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = StoreDeadline,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context => StoreAwayProblem.WriteAsync(context, context.RequestServices.GetRequiredService<IProblemDetailsService>(), StoreAwayProblem.TooLate),
        });
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBody.MaxBytes);
    }
}
