namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Asks the deployed application for one page.</summary>
internal static class SmokeTest
{
    /// <summary>Null where the address answers with success in time; else why not.</summary>
    public static async Task<string?> RunAsync(Uri address, DeploymentSettings settings, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var problem = await AskAsync(client, address, cancellationToken);
            if (problem is null || TimeProvider.System.GetElapsedTime(started) >= settings.SmokeTimeout)
                return problem;
            await Task.Delay(settings.PollInterval, cancellationToken);
        }
    }

    private static async Task<string?> AskAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"{address} answers {(int)response.StatusCode}";
        }
        catch (HttpRequestException unreachable)
        {
            return $"{address} does not answer: {unreachable.Message}";
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{address} does not answer within {client.Timeout.TotalSeconds:0} s";
        }
    }
}
