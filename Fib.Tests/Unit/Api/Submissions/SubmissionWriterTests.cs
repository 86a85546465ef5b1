using Fib.Api.Database;
using Fib.Api.Submissions;
using Fib.Core.Sequence;
using Fib.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fib.Tests.Unit.Api.Submissions;

/// <summary>Without a schema the writer stores nothing, so all submissions wait in the bounded queue.</summary>
public sealed class SubmissionWriterTests
{
    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(1_000, 40)]
    [InlineData(3_000, 13)]
    public async Task TryStore_MoreThanMayWait_IsRejected(int indexes, int mayWait)
    {
        using var writer = new SubmissionWriter(
            null!, new SchemaState(), null!, null!, UnloggedStores.Create(), null!, TimeProvider.System, NullLogger<SubmissionWriter>.Instance);
        var submission = Enumerable.Range(0, indexes).Select(index => new SequenceIndex(index)).ToArray();
        Task<bool> StoreAsync() =>
            writer.TryStoreAsync(new NewSubmission(submission, DateTimeOffset.UnixEpoch, null), CancellationToken.None);
        var waiting = Enumerable.Range(0, mayWait).Select(_ => StoreAsync()).ToArray();

        await Assert.ThrowsAsync<StoreUnavailableException>(StoreAsync);
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
    }
}
