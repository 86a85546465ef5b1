using Fib.ServiceDefaults.Settings;

namespace Fib.Web.Terms;

internal static class TermsClientExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Adds the clients of the api at <c>services__api__http__0</c>, which give up soon enough for a page to say so.</summary>
    public static void AddTermsClient(this WebApplicationBuilder builder)
    {
        builder.AddApiClient<TermsClient>(Patience);
        builder.AddApiClient<TermReader>(Patience);
    }

    /// <summary>Adds a typed client of the api; a recreated api is found again under its name.</summary>
    public static void AddApiClient<TClient>(this WebApplicationBuilder builder, TimeSpan timeout) where TClient : class
    {
        var api = builder.Configuration.ReadServiceAddress("api");
        builder.Services.AddHttpClient<TClient>(http => (http.BaseAddress, http.Timeout) = (api, timeout))
            .UseSocketsHttpHandler((handler, _) => handler.ConnectTimeout = TimeSpan.FromSeconds(1.5));
    }
}
