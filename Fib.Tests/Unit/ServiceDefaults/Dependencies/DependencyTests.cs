using Fib.ServiceDefaults.Dependencies;
using Fib.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.ServiceDefaults.Dependencies;

public sealed class DependencyTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly Dependency _store;

    public DependencyTests() => _store = new Dependency("Redis", _time, _log);

    [Fact]
    public void Outage_NoticedByManyAttempts_IsTwoLines()
    {
        for (var attempt = 0; attempt < 3; attempt++)
            _store.SetUnavailable(Begin(), "Connection refused");
        _time.Advance(TimeSpan.FromSeconds(2.5));
        for (var attempt = 0; attempt < 3; attempt++)
            _store.SetAvailable(Begin());
        Assert.Equal(
            ["Warning: Redis is unavailable: Connection refused", "Information: Redis is available again after 5.5 s."], _log.Lines);
    }

    [Fact]
    public void SecondOutage_IsLogged()
    {
        _store.SetUnavailable(Begin(), "one");
        _store.SetAvailable(Begin());
        _time.Advance(TimeSpan.FromSeconds(1));
        _store.SetUnavailable(Begin(), "two");
        Assert.Equal(
            [
                "Warning: Redis is unavailable: one",
                "Information: Redis is available again after 1.0 s.",
                "Warning: Redis is unavailable: two",
            ], _log.Lines);
    }

    [Fact]
    public void FailureSoonAfterARecovery_IsNotLogged()
    {
        _store.SetUnavailable(Begin(), "one");
        _store.SetAvailable(Begin());
        _store.SetUnavailable(Begin(), "two");
        Assert.Equal(["Warning: Redis is unavailable: one", "Information: Redis is available again after 1.0 s."], _log.Lines);
        _store.SetUnavailable(Begin(), "permission denied", isRejection: true);
        Assert.Equal("Warning: Redis is unavailable: permission denied", _log.Lines[^1]);
    }

    [Fact]
    public void SetReached_EndsAnOutage()
    {
        _store.SetUnavailable(Begin(), "Connection refused");
        _store.SetReached(Begin());
        Assert.Equal(
            ["Warning: Redis is unavailable: Connection refused", "Information: Redis is available again after 1.0 s."], _log.Lines);
    }

    [Fact]
    public void SetReached_AfterARejection_DoesNotEndTheOutage()
    {
        _store.SetUnavailable(Begin(), "permission denied", isRejection: true);
        _store.SetReached(Begin());
        Assert.Equal(["Warning: Redis is unavailable: permission denied"], _log.Lines);
    }

    [Fact]
    public void RejectionDuringAnOutage_IsLoggedOnceAfterTheFirstReason()
    {
        _store.SetUnavailable(Begin(), "Connection refused");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            _store.SetUnavailable(Begin(), "permission denied", isRejection: true);
            _store.SetUnavailable(Begin(), "Connection refused");
        }

        Assert.Equal(
            ["Warning: Redis is unavailable: Connection refused", "Warning: Redis is unavailable: permission denied"], _log.Lines);
    }

    [Fact]
    public void SuccessBegunBeforeTheOutage_ChangesNothing()
    {
        var before = Begin();
        _store.SetUnavailable(Begin(), "gone");
        _store.SetAvailable(before);
        Assert.Single(_log.Lines);
    }

    [Fact]
    public void FailureBegunBeforeTheRecovery_ChangesNothing()
    {
        _store.SetUnavailable(Begin(), "gone");
        var before = Begin();
        _store.SetAvailable(Begin());
        _store.SetUnavailable(before, "late");
        _time.Advance(TimeSpan.FromSeconds(1));
        _store.SetUnavailable(_store.Begin(ago: TimeSpan.FromSeconds(2)), "late");
        Assert.Equal(2, _log.Lines.Length);
    }

    /// <summary>Advances the clock by a second, then begins an attempt.</summary>
    private long Begin()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return _store.Begin();
    }
}
