using Fib.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fib.Tests.Unit.ServiceDefaults;

public sealed class ListenBacklogTests
{
    [Fact]
    public async Task AddServiceDefaults_Always_LetsAThousandConnectionsWait()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        Assert.InRange(app.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.Backlog, 1_000, int.MaxValue);
    }
}
