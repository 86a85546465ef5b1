using System.Globalization;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Stores;
using Fib.Redis.Backlog;
using Fib.Tests.Support;

namespace Fib.Tests.Faults;

/// <summary>A system of processes whose Redis keys tests may damage. Its workers claim no entries within an hour.</summary>
public sealed class LostWorkFixture : IAsyncLifetime
{
    private RunningSystem _system = null!;
    private int _lastIndex = 1_000;

    internal HttpClient Gateway { get; private set; } = null!;

    internal LocalProcess Worker => _system.Workers[0].Process;

    internal LocalProcess Api => _system.Apis[0].Process;

    internal PostgresServer Postgres => _system.Postgres;

    internal int NextIndex() => Interlocked.Increment(ref _lastIndex);

    public async ValueTask InitializeAsync()
    {
        var settings = new SystemSettings { Variables = _ => [new("Backlog__MinIdle", "3600000")] };
        _system = await RunningSystem.StartAsync(settings, CancellationToken.None);
        Gateway = new HttpClient { BaseAddress = _system.Gateway.Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public async ValueTask DisposeAsync()
    {
        Gateway?.Dispose();
        if (_system is not null)
            await _system.DisposeAsync();
    }

    internal Task<string> AskAsync(params string[] command) => _system.Redis.ExecuteAsync(CancellationToken.None, command);

    /// <summary>Submits a new index and waits until it is on the backlog. Only for use while no worker runs.</summary>
    internal async Task<int> AppendAsync()
    {
        var index = NextIndex();
        await SubmitAsync(index);
        var text = index.ToString(CultureInfo.InvariantCulture);
        await Eventually.HoldsAsync($"index {text} is appended", async _ =>
            (await AskAsync("xrange", BacklogKeys.Stream, "-", "+")).Split('\n').Contains(text));
        return index;
    }

    /// <summary>Submits an index until it is accepted: a busy machine may need more than one attempt.</summary>
    internal Task SubmitAsync(int index) => Eventually.HoldsAsync("the index is accepted", async _ =>
    {
        using var answer = await Gateway.PostJsonAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"index":{{index}}}"""));
        return answer.IsSuccessStatusCode;
    });

    /// <summary>Runs a test while no worker runs.</summary>
    internal async Task WithoutAWorkerAsync(Func<Task> test)
    {
        await Worker.KillAsync();
        await test();
        await Worker.StartAsync(CancellationToken.None);
    }

    /// <summary>Reads the log of the api.</summary>
    internal string ReadApiLog()
    {
        using var log = new StreamReader(new FileStream(Api.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd();
    }
}
