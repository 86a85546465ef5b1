using Fib.ServiceDefaults.Http;
using Fib.ServiceDefaults.Settings;

namespace Fib.Web.Api;

/// <summary>Registers typed HTTP clients of the api.</summary>
internal static class ApiClientExtensions
{
    /// <summary>Short enough for the page to report that the api is unavailable.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1.5);

    private static readonly Uri Api = new("http://api");

    /// <summary>Checks the configured addresses of the api and adds the defaults of its clients.</summary>
    /// <exception cref="SettingException">
    /// <c>services__api__http__0</c> is missing or malformed, or the address of another replica is malformed.
    /// </exception>
    public static void AddApiDefaults(this WebApplicationBuilder builder)
    {
        builder.Configuration.CheckServiceAddresses(Api.Host);
        builder.AddHttpClientDefaults();
    }

    /// <summary>Adds a typed client that calls the replicas of the api in turn; their names are resolved again after a restart.</summary>
    public static void AddApiClient<TClient>(this WebApplicationBuilder builder, TimeSpan? timeout = null) where TClient : class =>
        builder.Services.AddHttpClient<TClient>(http => (http.BaseAddress, http.Timeout) = (Api, timeout ?? DefaultTimeout))
            .UseSocketsHttpHandler((handler, _) => handler.ConnectTimeout = ConnectTimeout);
}
