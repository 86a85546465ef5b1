using System.Diagnostics;
using Fib.Api.Database;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Background;
using Npgsql;
using StackExchange.Redis;

namespace Fib.Api.Terms;

/// <summary>Records in PostgreSQL what the workers computed. All apis share the stream of outcomes as one consumer group.</summary>
internal sealed partial class OutcomeRecorder(
    [FromKeyedServices(DatabaseExtensions.OutcomesConnection)] IConnectionMultiplexer redis, ConsumerSettings settings, OutcomeStore store,
    SchemaState schema, StoreStates stores, TimeProvider time, ILogger<OutcomeRecorder> logger)
    : BackgroundService
{
    private const int MaxOutcomes = 500;
    private const string Malformed = "The entry holds no outcome.";

    private readonly GroupConsumer _consumer =
        new(redis, BacklogKeys.Outcomes, BacklogKeys.OutcomesGroup, GroupConsumer.CreateName(), settings, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        await new RetryLoop("The recording of outcomes", stores.FindOutage, time, logger).RunAsync(
            async _ => await ProcessAsync(await _consumer.ReadAsync(MaxOutcomes)), stoppingToken);
    }

    /// <summary>A stop does not cancel this: what was read would stay pending until another api claims it.</summary>
    private async Task ProcessAsync(IReadOnlyList<StreamDelivery> deliveries)
    {
        var read = deliveries.Select(delivery => (Delivery: delivery, Outcome: OutcomeEntry.Read(delivery.ToFields()))).ToArray();
        foreach (var (delivery, _) in read.Where(one => one.Outcome is null))
            await DeadLetterAsync(delivery, null, Malformed);
        await RecordAsync([.. read.Where(one => one.Outcome is not null).Select(one => (one.Delivery, one.Outcome!))]);
    }

    /// <summary>
    /// Records all in one commit. If PostgreSQL rejects one of them as invalid, records each in a commit of its own. The number
    /// of deliveries is not limited, unlike that of a backlog entry: an outcome cannot crash the process, and it does not fail
    /// because the database is unavailable.
    /// </summary>
    private async Task RecordAsync(IReadOnlyList<(StreamDelivery Delivery, OutcomeEntry Outcome)> read)
    {
        if (read.Count == 0)
            return;
        try
        {
            await CommitAsync([.. read.Select(one => one.Delivery)], [.. read.Select(one => one.Outcome)]);
        }
        catch (Exception exception) when (StoreErrors.IsInvalidData(exception))
        {
            if (read is [var (delivery, outcome)])
                await DeadLetterAsync(delivery, outcome, (exception as PostgresException)?.MessageText ?? exception.Message);
            else
                foreach (var one in read)
                    await RecordAsync([one]);
        }
    }

    private async Task CommitAsync(StreamDelivery[] deliveries, OutcomeEntry[] outcomes)
    {
        using var activity = StreamActivity.StartProcess(BacklogKeys.Outcomes, BacklogKeys.OutcomesGroup, deliveries);
        try
        {
            await store.InsertAsync(outcomes, CancellationToken.None);
            await _consumer.AcknowledgeAsync(deliveries);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
    }

    private async Task DeadLetterAsync(StreamDelivery delivery, OutcomeEntry? outcome, string reason)
    {
        LogDeadLetter(delivery.Entry.Id.ToString(), BacklogKeys.Outcomes, reason);
        var letter = DeadLetter.Create(delivery.ToFields(), outcome?.Index, reason, delivery.Deliveries, BacklogKeys.Outcomes);
        await _consumer.DeadLetterAsync(delivery, BacklogKeys.DeadLetters, BacklogKeys.MaxDeadLetters, letter.ToFields());
    }

    [LoggerMessage(5, LogLevel.Error, "Entry {EntryId} of {Stream} is a dead letter: {Reason}")]
    private partial void LogDeadLetter(string entryId, string stream, string reason);
}
