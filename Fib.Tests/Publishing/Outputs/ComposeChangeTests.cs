using Aspire.Hosting;
using Fib.Hosting.ElasticBeanstalk.Writing;
using Fib.Tests.Publishing.Reading;

#pragma warning disable FIBELASTICBEANSTALK001 // Tested here.

namespace Fib.Tests.Publishing.Outputs;

public sealed class ComposeChangeTests : AppModelTests
{
    [Fact]
    public async Task ConfigureComposeFile_ChangedService_IsWritten()
    {
        AddShop();
        Environment.ConfigureComposeFile(
            file => file.Services["shop"].MemLimit = "300m").ConfigureComposeFile(file => file.Services["shop"].Hostname += "-1");
        var compose = BundleRenderer.Render(await ReadAsync()).Single(file => file.Path == "docker-compose.yml").Text;
        Assert.Contains("    hostname: shop-1\n    mem_limit: 300m\n", compose, StringComparison.Ordinal);
    }
}
