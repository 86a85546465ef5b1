using Fib.ServiceDefaults.Http;
using Fib.ServiceDefaults.Settings;

namespace Fib.Web.Terms;

internal static class TermsClientExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly Uri Api = new("http://api");

    /// <summary>Adds the clients of the api, which give up soon enough for a page to say so.</summary>
    /// <exception cref="SettingException"><c>services__api__http__0</c> is missing or malformed, or the address of another replica is.</exception>
    public static void AddTermsClient(this WebApplicationBuilder builder)
    {
        builder.Configuration.CheckServiceAddresses(Api.Host);
        builder.AddHttpClientDefaults();
        builder.AddApiClient<TermsClient>(Patience);
        builder.AddApiClient<TermReader>(Patience);
    }

    /// <summary>Adds a typed client of the api, which asks its replicas in turn; a recreated one is found again under its name.</summary>
    public static void AddApiClient<TClient>(this WebApplicationBuilder builder, TimeSpan timeout) where TClient : class =>
        builder.Services.AddHttpClient<TClient>(http => (http.BaseAddress, http.Timeout) = (Api, timeout))
            .UseSocketsHttpHandler((handler, _) => handler.ConnectTimeout = TimeSpan.FromSeconds(1.5));
}
