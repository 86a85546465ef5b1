using System.Text.RegularExpressions;

namespace Fib.Rehearsal.Checks;

/// <summary>The router logs as Beanstalk's enhanced health reads it (AWS Elastic Beanstalk Developer Guide, "Enhanced health log format").</summary>
internal static partial class HealthdCheck
{
    /// <summary>Looks at the newest line.</summary>
    public static async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var file = Stage.FindHealthdLog() ?? throw new CheckFailedException("there is no application.log.YYYY-MM-DD-HH");
        var line = (await File.ReadAllLinesAsync(file, cancellationToken)).LastOrDefault("");
        return FileName().IsMatch(file) && Line().IsMatch(line) ? Path.GetFileName(file) : throw new CheckFailedException($"{Path.GetFileName(file)}: {line}");
    }

    [GeneratedRegex(@"application\.log\.\d{4}-\d\d-\d\d-\d\d$")]
    private static partial Regex FileName();

    /// <summary>Seconds since 1970, path, status, seconds of the request, seconds of the upstream, addresses forwarded for.</summary>
    [GeneratedRegex("""^\d+\.\d+"[^"]*"\d{3}"\d+\.\d+"[\d., :-]*"[^"]*$""")]
    private static partial Regex Line();
}
