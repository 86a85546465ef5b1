using Aspire.Hosting;
using Fib.Hosting.ElasticBeanstalk.Writing;
using Fib.Tests.Publishing.Reading;
using Fib.Tests.Support;

namespace Fib.Tests.Publishing.Outputs;

/// <summary>Text that YAML 1.1 or 1.2 would read as a number, a date or another type.</summary>
public sealed class ComposeQuotesTests : AppModelTests
{
    private static readonly string[] Arguments =
    [
        "2024-01-01", "2024-01-01T10:00:00Z", "1e3", "12e45", "1.5e3", "-1.5E+3", "08", "0o17", "0x1F", "1_000", ".5", "+1", "12:30:45",
        ".inf", "-.inf", ".NaN", "~", "=", "<<", "yes", "Off", "null", "n", "",
    ];

    [Fact]
    public async Task Render_TextOfAnotherType_IsQuoted()
    {
        var lines = (await RenderAsync()).Split('\n');
        Assert.All(Arguments, argument => Assert.True(lines.Any(line =>
            line.Trim() == $"- \"{argument}\"" || line.Trim() == $"- '{argument}'"), argument));
        Assert.Contains("- --since", lines.Select(line => line.Trim()));
    }

    [Fact]
    public async Task Render_TextOfAnotherType_IsReadAsTextByCompose()
    {
        var compose = await InstalledCompose.GetAsync();
        var directory = Directory.CreateTempSubdirectory("compose-");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "docker-compose.yml"), await RenderAsync());
        var result = await (compose.Command("config") with { Directory = directory.FullName }).TryRunAsync();
        directory.Delete(recursive: true);
        Assert.True(result.ExitCode == 0, result.Text);
    }

    private async Task<string> RenderAsync()
    {
        AddShop().WithArgs(["--since", .. Arguments]);
        return BundleRenderer.Render(await ReadAsync()).Single(file => file.Path == "docker-compose.yml").Text;
    }
}
