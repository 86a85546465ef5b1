using System.Net;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Faults;

/// <summary>A database that rejects the api's commands is an outage: reported as one, and over as soon as its cause is removed.</summary>
[Trait(Category.Name, Category.System)]
public sealed class RejectingDatabaseTests(RejectingDatabase database) : IClassFixture<RejectingDatabase>
{
    private static readonly string[] Reads = ["values/all", "values/current", "values/7", "values", "system"];

    [Theory]
    [InlineData("ALTER ROLE app PASSWORD 'second'", "ALTER ROLE app PASSWORD 'first'", "password authentication failed", true)]
    [InlineData("ALTER ROLE app NOLOGIN", "ALTER ROLE app LOGIN", "is not permitted to log in", true)]
    [InlineData("REVOKE ALL ON submission, outcome FROM app", "GRANT ALL ON submission, outcome TO app", "permission denied", false)]
    [InlineData(
        "ALTER ROLE app SET default_transaction_read_only = on", "ALTER ROLE app RESET default_transaction_read_only", "read-only", false)]
    [InlineData(
        "ALTER TABLE submission RENAME COLUMN index TO other", "ALTER TABLE submission RENAME COLUMN other TO index",
        "does not exist", false)]
    public async Task WhileTheDatabaseRejectsCommands_RequestsAre503AndTheLogHasTheReason(
        string begin, string end, string reason, bool rejectsReads)
    {
        var before = database.ReadLog().Length;
        await database.ExecuteAsync(begin);
        await database.TerminateSessionsAsync();
        try
        {
            await UntilHealthAsync(HttpStatusCode.ServiceUnavailable, reason);
            for (var n = 0; n < 5; n++)
            {
                using (var answer = await database.Api.PostJsonAsync("""{"index":7}""", "values"))
                    await Problem.AssertUnavailableAsync(answer);
                foreach (var path in Reads)
                {
                    using var answer = await database.Api.GetAsync(path);
                    if (rejectsReads || (int)answer.StatusCode >= 500)
                        await Problem.AssertUnavailableAsync(answer);
                }
            }
        }
        finally
        {
            await database.ExecuteAsync(end);
        }

        await UntilRecoveredAsync();
        var log = database.ReadLog()[before..];
        Assert.Contains(reason, log, StringComparison.Ordinal);
        Assert.False(log.Contains("   at ", StringComparison.Ordinal), log);
        Assert.InRange(log.Split('\n').Count(line => line.Contains("PostgreSQL is unavailable", StringComparison.Ordinal)), 1, 6);
    }

    [Theory]
    [InlineData("DROP TABLE idempotency_key")]
    [InlineData("DROP TABLE submission")]
    [InlineData("DROP TABLE submission, outcome, pending_term, idempotency_key; DROP SEQUENCE fib_event")]
    public async Task ATableThatIsDropped_IsCreatedAgain(string drop)
    {
        var before = database.ReadLog().Length;
        await database.ExecuteAsync(drop);
        await UntilRecoveredAsync();
        var log = database.ReadLog()[before..];
        Assert.False(log.Contains("   at ", StringComparison.Ordinal), log);
    }

    /// <summary>A user that may only read and write rows can use the tables of another one, and cannot create any.</summary>
    [Fact]
    public async Task AnApiThatMayCreateNothing_StartsAgain()
    {
        const string Tables = "submission, outcome, pending_term, idempotency_key";
        await database.ExecuteAsync($"""
            REASSIGN OWNED BY app TO CURRENT_USER; REVOKE CREATE ON SCHEMA public FROM app;
            GRANT SELECT, INSERT, UPDATE, DELETE ON {Tables} TO app; GRANT SELECT, USAGE ON fib_event TO app
            """);
        try
        {
            await database.RestartApiAsync();
            await UntilRecoveredAsync();
        }
        finally
        {
            await database.ExecuteAsync($"""
                GRANT CREATE ON SCHEMA public TO app; ALTER SEQUENCE fib_event OWNER TO app;
                {string.Concat(Tables.Split(", ").Select(table => $"ALTER TABLE {table} OWNER TO app;"))}
                """);
        }
    }

    private Task UntilHealthAsync(HttpStatusCode status, string description = "") =>
        Eventually.HoldsAsync($"readiness is {status} {description}", async token =>
        {
            using var answer = await database.Api.GetAsync("health", token);
            var text = await answer.Content.ReadAsStringAsync(token);
            return answer.StatusCode == status && text.Contains(description, StringComparison.Ordinal);
        });

    private async Task UntilRecoveredAsync()
    {
        await Eventually.HoldsAsync("the api accepts and reads again", async token =>
        {
            using var answer = await database.Api.PostJsonAsync("""{"index":7}""", "values", Guid.NewGuid().ToString());
            return answer.StatusCode == HttpStatusCode.OK;
        });
        foreach (var path in Reads)
        {
            await Eventually.HoldsAsync($"{path} is answered", async token =>
            {
                using var answer = await database.Api.GetAsync(path, token);
                return (int)answer.StatusCode < 500;
            });
        }

        await UntilHealthAsync(HttpStatusCode.OK);
    }
}
