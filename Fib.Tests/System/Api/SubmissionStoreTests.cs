using Fib.Api.Submissions;
using Fib.Core.Sequence;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>Which indexes of a commit are appended to the backlog, in a database of its own.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class SubmissionStoreTests(SystemFixture system) : IAsyncLifetime
{
    private ScratchDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await ScratchDatabase.CreateAsync(system.System);

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Insert_ReturnsTheIndexesThatBecomePending(bool hasKeys)
    {
        Assert.Equal("7 8", await InsertAsync(7, 8, 7));
        Assert.Equal("9", await InsertAsync(7, 9));

        await _database.ComputeAsync(7, "13");
        await _database.FailAsync(8);
        Assert.Equal("8", await InsertAsync(7, 8, 9));
        Assert.Equal("", await InsertAsync(8));

        Task<string> InsertAsync(params int[] indexes) =>
            StoreAsync(hasKeys ? Guid.NewGuid().ToString() : null, indexes);
    }

    [Fact]
    public async Task Insert_RepeatedKey_ReturnsOnlyTheIndexesOfOthers()
    {
        Assert.Equal("7", await StoreAsync("key", 7));
        await _database.FailAsync(7);
        Assert.Equal("", await StoreAsync("key", 7));
        Assert.Equal("7", await StoreAsync("other", 7));
    }

    private async Task<string> StoreAsync(string? key, params int[] indexes)
    {
        var submission = new NewSubmission([.. indexes.Select(index => new SequenceIndex(index))], DateTimeOffset.UnixEpoch, key);
        var pending = await _database.Store.InsertAsync([submission], default);
        return string.Join(' ', pending.Select(index => index.Value).Order());
    }
}
