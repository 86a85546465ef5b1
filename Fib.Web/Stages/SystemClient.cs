using Fib.Web.Terms;

namespace Fib.Web.Stages;

/// <summary>Asks the api how the system is.</summary>
internal sealed class SystemClient(HttpClient http)
{
    /// <summary>The state of the system, or null where the api, or PostgreSQL behind it, is away: a page is whole without.</summary>
    public async Task<SystemState?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ApiAnswers.AskAsync(() => http.GetFromJsonAsync<SystemState>("system", cancellationToken), cancellationToken);
        }
        catch (ApiUnavailableException)
        {
            return null;
        }
    }
}
