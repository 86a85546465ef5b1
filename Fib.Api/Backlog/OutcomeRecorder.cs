using System.Diagnostics;
using Fib.Api.Storage;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Background;
using Npgsql;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Records in PostgreSQL what the workers computed; all apis share the stream of outcomes as one consumer group.</summary>
internal sealed class OutcomeRecorder(
    [FromKeyedServices(ApiConnections.Outcomes)] IConnectionMultiplexer redis, ConsumerSettings settings, SubmissionStore store, SchemaState schema, StoreStates stores, TimeProvider time,
    ILogger<OutcomeRecorder> logger)
    : BackgroundService
{
    private const int MaxTogether = 500;
    private const string Malformed = "The entry holds no outcome.";

    private readonly GroupConsumer _consumer = new(redis, BacklogKeys.Outcomes, BacklogKeys.OutcomesGroup, GroupConsumer.CreateName(), settings, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        await new RetryLoop("The recording of outcomes", stores.FindOutage, time, logger).RunAsync(
            async token => await SettleAsync(await _consumer.ReadAsync(MaxTogether), token), stoppingToken);
    }

    private async Task SettleAsync(IReadOnlyList<StreamDelivery> deliveries, CancellationToken cancellationToken)
    {
        var read = deliveries.Select(delivery => (Delivery: delivery, Outcome: OutcomeEntry.Read(delivery.ToFields()))).ToArray();
        foreach (var (delivery, _) in read.Where(one => one.Outcome is null))
            await PutAsideAsync(delivery, null, Malformed);
        await RecordAsync([.. read.Where(one => one.Outcome is not null).Select(one => (one.Delivery, one.Outcome!))], cancellationToken);
    }

    /// <summary>
    /// All in one commit. Where the database takes one of them for wrong, each in a commit of its own, so that the others
    /// are recorded. Deliveries are not counted here: no outcome ends the process, and a database that is away is no outcome's fault.
    /// </summary>
    private async Task RecordAsync(IReadOnlyList<(StreamDelivery Delivery, OutcomeEntry Outcome)> read, CancellationToken cancellationToken)
    {
        if (read.Count == 0)
            return;
        try
        {
            await RecordTogetherAsync([.. read.Select(one => one.Delivery)], [.. read.Select(one => one.Outcome)], cancellationToken);
        }
        catch (Exception refused) when (StoreFailure.IsOfData(refused))
        {
            if (read is [var (delivery, outcome)])
                await PutAsideAsync(delivery, outcome, (refused as PostgresException)?.MessageText ?? refused.Message);
            else
                foreach (var one in read)
                    await RecordAsync([one], cancellationToken);
        }
    }

    private async Task RecordTogetherAsync(StreamDelivery[] deliveries, OutcomeEntry[] outcomes, CancellationToken cancellationToken)
    {
        using var activity = StreamActivity.StartProcess(BacklogKeys.Outcomes, BacklogKeys.OutcomesGroup, deliveries);
        try
        {
            await store.InsertAsync(outcomes, cancellationToken);
            await _consumer.AcknowledgeAsync(deliveries);
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
    }

    private async Task PutAsideAsync(StreamDelivery delivery, OutcomeEntry? outcome, string reason)
    {
        Log.PutAside(logger, delivery.Entry.Id.ToString(), BacklogKeys.Outcomes, reason);
        var letter = DeadLetter.Create(delivery.ToFields(), outcome?.Index, reason, delivery.Deliveries, BacklogKeys.Outcomes);
        await _consumer.DeadLetterAsync(delivery, BacklogKeys.DeadLetters, BacklogKeys.MaxDeadLetters, letter.ToFields());
    }
}
