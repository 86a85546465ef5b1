using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Healthy while the server lets the password in and answers PING; it does not while it still loads its data.</summary>
internal sealed class RedisHealthCheck(RedisResource redis) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!redis.PrimaryEndpoint.IsAllocated)
            return HealthCheckResult.Unhealthy("The endpoint has no address yet.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", redis.PrimaryEndpoint.Port, patience.Token);
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            if (redis.PasswordParameter is { } password && await AskAsync(client, reader, patience.Token, "AUTH", (await password.GetValueAsync(patience.Token))!) is var login and not "+OK")
                return HealthCheckResult.Unhealthy($"AUTH was answered with {login}");
            return await AskAsync(client, reader, patience.Token, "PING") is var answer and not "+PONG"
                ? HealthCheckResult.Unhealthy($"PING was answered with {answer}")
                : HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The server could not be asked.", e);
        }
    }

    private static async Task<string?> AskAsync(TcpClient client, StreamReader answers, CancellationToken cancellationToken, params string[] words)
    {
        var command = $"*{words.Length}\r\n" + string.Concat(words.Select(w => $"${Encoding.UTF8.GetByteCount(w)}\r\n{w}\r\n"));
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(command), cancellationToken);
        return await answers.ReadLineAsync(cancellationToken);
    }
}
