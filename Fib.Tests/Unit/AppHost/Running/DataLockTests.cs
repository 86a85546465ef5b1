using Aspire.Hosting;
using Fib.AppHost.Running;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.AppHost.Running;

public sealed class DataLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("fib-data-");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_FolderIsLocked_ThrowsUntilThatLockIsDisposed()
    {
        using (new DataLock(_folder.Path))
        {
            var exception = Assert.Throws<DistributedApplicationException>(() => new DataLock(_folder.Path));
            Assert.StartsWith($"Another AppHost uses the data in {_folder.Path}", exception.Message, StringComparison.Ordinal);
        }

        using var next = new DataLock(_folder.Path);
    }

    [Fact]
    public void New_AnotherFolderIsLocked_CreatesTheFolder()
    {
        var folder = Path.Combine(_folder.Path, "new");
        using var other = new DataLock(_folder.Path);
        using var own = new DataLock(folder);
        Assert.True(Directory.Exists(folder));
    }
}
