using System.Net;

namespace Fib.Rehearsal.Checks;

/// <summary>The page keeps a WebSocket in development only: a bundle has none.</summary>
internal static class WebSocketCheck
{
    /// <summary>Asks for <c>/ws</c>, which in development refuses only what is no WebSocket.</summary>
    /// <exception cref="CheckFailedException">It is there.</exception>
    public static async Task<string> RunAsync(FrontDoor door, CancellationToken cancellationToken)
    {
        using var answer = await door.Client.GetAsync("ws", cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound ? "/ws answers 404" : throw new CheckFailedException($"/ws answers {(int)answer.StatusCode}");
    }
}
