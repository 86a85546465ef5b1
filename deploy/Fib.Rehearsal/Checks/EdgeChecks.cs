using System.Net;
using System.Text.RegularExpressions;
using Fib.LocalSystem.Events;

namespace Fib.Rehearsal.Checks;

/// <summary>Checks of the router: streaming, WebSockets and its log.</summary>
internal static partial class EdgeChecks
{
    private static readonly TimeSpan EventTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Opens an event stream, submits an index, and waits for its <c>computed</c> event while the stream is open.</summary>
    /// <exception cref="CheckFailedException">The index was not accepted.</exception>
    /// <exception cref="IOException">The stream ended first.</exception>
    /// <exception cref="TimeoutException">The event did not arrive within 20 s.</exception>
    public static async Task<string> EventsAsync(EdgeClient edge, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(EventTimeout);
        try
        {
            using var stream = await EventStream.OpenAsync(edge.Http, cancellationToken: deadline.Token);
            var index = edge.NextIndex();
            await edge.SubmitAsync(index, deadline.Token);
            await stream.ReadUntilAsync("computed", index, deadline.Token);
            return $"the event 'computed' of index {index} arrived on the open stream";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no event within {EventTimeout.TotalSeconds:0} s");
        }
    }

    /// <summary>Checks that <c>/ws</c> is not found. In development the page has a WebSocket there, a bundle has none.</summary>
    /// <exception cref="CheckFailedException">The route exists.</exception>
    public static async Task<string> NoWebSocketAsync(EdgeClient edge, CancellationToken cancellationToken)
    {
        using var response = await edge.Http.GetAsync("ws", cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound
            ? "/ws answers 404"
            : throw new CheckFailedException($"/ws answers {(int)response.StatusCode}");
    }

    /// <summary>
    /// Checks the last line of the router's log for enhanced health (AWS Elastic Beanstalk Developer Guide, "Enhanced health log format").
    /// </summary>
    /// <exception cref="CheckFailedException">There is no log, or its name or last line has another format.</exception>
    public static async Task<string> HealthdLogAsync(CancellationToken cancellationToken)
    {
        var file = RehearsalEnvironment.FindHealthdLog() ?? throw new CheckFailedException("there is no application.log.YYYY-MM-DD-HH");
        var line = (await File.ReadAllLinesAsync(file, cancellationToken)).LastOrDefault("");
        return HealthdFileName().IsMatch(file) && HealthdLine().IsMatch(line)
            ? Path.GetFileName(file)
            : throw new CheckFailedException($"{Path.GetFileName(file)}: {line}");
    }

    [GeneratedRegex(@"application\.log\.\d{4}-\d\d-\d\d-\d\d$")]
    private static partial Regex HealthdFileName();

    /// <summary>Seconds since 1970, path, status, seconds of the request, seconds of the upstream, X-Forwarded-For.</summary>
    [GeneratedRegex("""^\d+\.\d+"[^"]*"\d{3}"\d+\.\d+"[\d., :-]*"[^"]*$""")]
    private static partial Regex HealthdLine();
}
