using System.ComponentModel;
using System.Diagnostics;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Tests the deployed application: with one request, or with a program of the application.</summary>
internal static class SmokeTest
{
    /// <summary>
    /// Requests an address until it answers with success, for up to <see cref="ElasticBeanstalkEnvironmentResource.SmokeTimeout"/>.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="status">A further status that means success; null for none but 2xx.</param>
    /// <param name="environment">The time limit and the poll interval.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Null if it answered with success; otherwise the reason of the last failure.</returns>
    public static async Task<string?> RequestAsync(
        Uri address, int? status, ElasticBeanstalkEnvironmentResource environment, CancellationToken cancellationToken)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = status is not (>= 300 and < 400) };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var problem = await TryRequestAsync(client, address, status, cancellationToken);
            if (problem is null || TimeProvider.System.GetElapsedTime(started) >= environment.SmokeTimeout)
                return problem;
            await Task.Delay(environment.PollInterval, cancellationToken);
        }
    }

    /// <summary>Runs a program with the address as its only argument. Its output goes to the console.</summary>
    /// <returns>Null if it ends with exit code 0; otherwise the reason of the failure.</returns>
    public static async Task<string?> RunProgramAsync(string program, string address, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(program, [address]);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? null : $"the smoke test of {address} failed";
        }
        catch (Win32Exception exception)
        {
            return $"the smoke test of {address} cannot be run: {exception.Message}";
        }
    }

    private static async Task<string?> TryRequestAsync(
        HttpClient client, Uri address, int? status, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode || (int)response.StatusCode == status
                ? null
                : $"{address} answers {(int)response.StatusCode}";
        }
        catch (HttpRequestException exception)
        {
            return $"{address} does not answer: {exception.Message}";
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{address} does not answer within {client.Timeout.TotalSeconds:0} s";
        }
    }
}
