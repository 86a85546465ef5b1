using Fib.Api.Storage;
using Fib.ServiceDefaults.Background;

namespace Fib.Api.Backlog;

/// <summary>
/// Appends what is pending in PostgreSQL and lost in Redis: after a crash between commit and append, after a failed append,
/// after Redis lost its data or an entry. It compares the two, and takes a tenth of the time at most, however long the backlog is.
/// </summary>
internal sealed class BacklogRepair(
    LostIndexes lostIndexes, RepairTurn turn, PendingTerms pending, BacklogAppender appender, SchemaState schema, StoreStates stores, TimeProvider time, ILogger<BacklogRepair> logger)
    : BackgroundService
{
    private const int MaxTogether = 1_000;
    private const int PausesPerComparison = 9;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private bool _hasTurn;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        await new RetryLoop("The repair of the backlog", stores.FindOutage, time, logger).RunAsync(RepairAsync, stoppingToken);
    }

    private async Task<TimeSpan> RepairAsync(CancellationToken cancellationToken)
    {
        // After a failure the turn is still this one's: it goes on until it knows that the stores answer.
        _hasTurn = _hasTurn || await turn.TryTakeAsync();
        if (!_hasTurn)
            return Interval;
        var begun = time.GetTimestamp();
        foreach (var lost in (await lostIndexes.FindAsync(cancellationToken)).Chunk(MaxTogether))
            await AppendAsync(lost, cancellationToken);
        var pause = time.GetElapsedTime(begun) * PausesPerComparison;
        pause = pause > Interval ? pause : Interval;
        // A little less, so that the turn is over when this comes back.
        await turn.RestAsync(pause * 0.9);
        _hasTurn = false;
        return pause;
    }

    private async Task AppendAsync(int[] lost, CancellationToken cancellationToken)
    {
        var taken = await pending.TakeAsync(lost, cancellationToken);
        var appended = await Task.WhenAll(taken.Select(index => appender.AppendAsync(index, default)));
        if (appended.Count(isAppended => isAppended) is > 0 and var count)
            Log.Repaired(logger, count);
    }
}
