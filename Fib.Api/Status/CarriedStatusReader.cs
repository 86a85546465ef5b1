using Fib.Api.Backlog;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using StackExchange.Redis;

namespace Fib.Api.Status;

/// <summary>Reads Redis' part of the status.</summary>
internal sealed class CarriedStatusReader(IConnectionMultiplexer redis)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    /// <summary>Null while Redis is away.</summary>
    public async Task<CarriedStatus?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync().WaitAsync(Deadline, cancellationToken);
        }
        catch (Exception failure) when (RedisFailure.Is(failure))
        {
            return null;
        }
    }

    private async Task<CarriedStatus> ReadAsync()
    {
        var database = redis.GetDatabase();
        var streams = Task.WhenAll(ReadStreamAsync(database, BacklogKeys.Stream), ReadStreamAsync(database, BacklogKeys.LargeStream));
        var workers = database.CountWorkersAsync();
        var letters = database.StreamLengthAsync(BacklogKeys.DeadLetters);
        await Task.WhenAll(streams, workers, letters);
        var backlog = new BacklogStatus((await streams).Sum(stream => stream.Lag), (await streams).Sum(stream => stream.Pending));
        return new CarriedStatus(backlog, await workers, await letters, redis.GetServers().FirstOrDefault(server => server.IsConnected)?.Version.ToString());
    }

    private static async Task<BacklogStatus> ReadStreamAsync(IDatabase database, string stream)
    {
        var length = database.StreamLengthAsync(stream);
        try
        {
            var groups = await database.StreamGroupInfoAsync(stream);
            foreach (var group in groups.Where(group => group.Name == BacklogKeys.Group))
                // Redis does not always know. The stream holds what is not acknowledged, and nothing else.
                return new BacklogStatus(group.Lag ?? Math.Max(0, await length - group.PendingMessageCount), group.PendingMessageCount);
        }
        catch (RedisServerException missing) when (missing.Message.StartsWith("ERR no such key", StringComparison.Ordinal))
        {
            // Nothing was appended yet.
        }

        return new BacklogStatus(await length, 0);
    }
}
