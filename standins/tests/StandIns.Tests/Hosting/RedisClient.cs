using System.Net.Sockets;

namespace StandIns.Tests.Hosting;

/// <summary>Asks a Redis server in its inline form and returns the last answer.</summary>
internal static class RedisClient
{
    public static async Task<string> AskAsync(int port, string? password, params string[] commands)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", port);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        var answer = "";
        foreach (var command in password is null ? commands : [$"AUTH {password}", .. commands])
        {
            await writer.WriteLineAsync(command);
            answer = (await reader.ReadLineAsync())!;
            // A string comes after a line with its length.
            if (answer[0] == '$')
                answer = (await reader.ReadLineAsync())!;
        }
        return answer;
    }
}
