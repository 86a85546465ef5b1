using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Opens a connection when the host starts.</summary>
internal sealed class Activation(Func<IConnectionMultiplexer> open) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        open();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
