using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Reporting;

/// <summary>Tells the terminal what happens: every line resources write, what failed and where its log is, and a table once all are up.</summary>
internal sealed class ConsoleReport(DistributedApplicationModel model, ResourceNotificationService states, ResourceLoggerService logs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _turn = new();
    private readonly Dictionary<string, string> _prefixes = [];
    private readonly Dictionary<string, string?> _seen = [];
    private IReadOnlyList<ResourceInstance> _instances = [];
    private LogFiles? _files;
    private bool _told;

    public void Begin(IReadOnlyList<ResourceInstance> instances, LogFiles files)
    {
        (_instances, _files) = (instances, files);
        var labels = instances.ToDictionary(i => i.Name, i => i.Resource.GetReplicaCount() > 1 ? i.Name : i.Resource.Name);
        var width = labels.Values.Select(l => l.Length).DefaultIfEmpty(0).Max();
        foreach (var (number, (name, label)) in labels.Index())
            _prefixes[name] = Colours.Of(number, label.PadRight(width) + " |") + " ";
        logs.Written += Write;
        Say("Stand-in host: resources run as processes of this machine, without containers and dashboard (the real Aspire packages have both).");
    }

    /// <summary>Says now and then who keeps the others waiting, until the table is there.</summary>
    public async Task RemindAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Patience);
        while (!_told && await timer.WaitForNextTickAsync(cancellationToken))
            if (!_told)
                Say("Not up yet: " + string.Join(", ", Rows().Where(r => !IsSettled(r)).Select(StatusTable.Wanting)));
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in states.WatchAsync(cancellationToken))
        {
            TellFailure(change);
            if (_told || !Rows().All(IsSettled))
                continue;
            _told = true;
            foreach (var line in StatusTable.Lines(Rows()))
                Say(line);
        }
    }

    private IEnumerable<StatusRow> Rows()
    {
        var names = _instances.Select(i => i.Name)
            .Concat(model.Resources.OfType<IResourceWithParent>().Where(c => !c.HasAnnotationOfType<InstanceNames>()).Select(c => c.Name));
        foreach (var name in names)
            yield return new(_prefixes.ContainsKey(name) ? Label(name) : name, states.TryGetCurrentState(name, out var state) ? state.Snapshot : null);
    }

    private string Label(string instance) => Colours.Strip(_prefixes[instance]).TrimEnd(' ', '|');

    private static bool IsSettled(StatusRow row) => row.Snapshot is { HealthStatus: HealthStatus.Healthy, Ready.IsCompleted: true }
        || row.Snapshot?.State?.Text == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(row.Snapshot?.State?.Text);

    private void TellFailure(ResourceEvent change)
    {
        var state = change.Snapshot.State?.Text;
        if (_seen.TryGetValue(change.ResourceId, out var before) && before == state)
            return;
        _seen[change.ResourceId] = state;
        if (change.Snapshot.State?.Style != KnownResourceStateStyles.Error || !_prefixes.ContainsKey(change.ResourceId))
            return;
        var code = change.Snapshot.ExitCode is { } exit ? $" with code {exit}" : "";
        Say(Colours.Red($"{change.Resource.Name}: {state}{code}; its log: {_files!.PathOf(change.ResourceId)}"));
    }

    private void Write(string instance, LogLine line)
    {
        if (_prefixes.TryGetValue(instance, out var prefix))
            Say(prefix + (Colours.Wanted ? line.Content : Colours.Strip(line.Content)));
    }

    private void Say(string line)
    {
        lock (_turn)
            Console.WriteLine(line);
    }
}
