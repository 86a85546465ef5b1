using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.AppHost;
using Fib.AppHost.Stores;
using Fib.LocalSystem.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.Tests.Unit.AppHost.Stores;

/// <summary>The lock of the stores' data, in applications whose start goes no further.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("fib-data-");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_FolderInUse_FailsUntilItsApplicationIsDisposed()
    {
        await using (await StartAsync(_folder.Path, keepsData: true))
        {
            var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => StartAsync(_folder.Path, keepsData: true));
            Assert.StartsWith($"Another AppHost uses the data in {_folder.Path}", exception.Message, StringComparison.Ordinal);
        }

        await using var next = await StartAsync(_folder.Path, keepsData: true);
    }

    [Fact]
    public async Task Start_OtherFolderOrNoData_IsIndependent()
    {
        await using var first = await StartAsync(_folder.Path, keepsData: true);
        await using var second = await StartAsync(Path.Combine(_folder.Path, "new"), keepsData: true);
        await using var third = await StartAsync(null, keepsData: false);
        await using var fourth = await StartAsync(null, keepsData: false);
    }

    private static async Task<DistributedApplication> StartAsync(string? folder, bool keepsData)
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.LockData(new HostSettings(0, 1, folder, keepsData));
        var app = builder.Build();
        try
        {
            var model = app.Services.GetRequiredService<DistributedApplicationModel>();
            await builder.Eventing.PublishAsync(new BeforeStartEvent(app.Services, model));
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
