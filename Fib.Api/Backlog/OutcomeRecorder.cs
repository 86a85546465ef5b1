using Fib.Api.Storage;
using Fib.Core.Backlog;
using Fib.ServiceDefaults.Streams;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Records in PostgreSQL what the workers computed; all apis share the stream of outcomes as one consumer group.</summary>
internal sealed class OutcomeRecorder(
    [FromKeyedServices(ApiConnections.Outcomes)] IConnectionMultiplexer redis, SubmissionStore store, SchemaState schema, TimeProvider time, ILogger<OutcomeRecorder> logger)
    : BackgroundService
{
    private const int MaxTogether = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly GroupConsumer _consumer = new(redis, BacklogKeys.Outcomes, BacklogKeys.OutcomesGroup, GroupConsumer.CreateName(), time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RecordAsync(await _consumer.ReadAsync(MaxTogether), stoppingToken);
            }
            catch (Exception failure) when (StoreFailure.IsPassing(failure))
            {
                Log.Paused(logger, "The recording of outcomes", failure.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task RecordAsync(IReadOnlyList<StreamEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return;
        var outcomes = new List<OutcomeEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (OutcomeEntry.Read(entry.ToFields()) is { } outcome)
                outcomes.Add(outcome);
            else
                Log.MalformedEntry(logger, BacklogKeys.Outcomes, entry.Id.ToString());
        }

        if (outcomes.Count > 0)
        {
            using var activity = ApiActivity.StartRecording(outcomes[0]);
            await store.InsertAsync(outcomes, cancellationToken);
        }

        await _consumer.AcknowledgeAsync(entries);
    }
}
