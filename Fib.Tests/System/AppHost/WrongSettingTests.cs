using Fib.AppHost.Routing;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.ServiceDefaults;
using Fib.Tests.Support;

namespace Fib.Tests.System.AppHost;

/// <summary>A service with a missing or malformed setting exits immediately, with one line that names the setting.</summary>
[Trait(Category.Name, Category.System)]
public sealed class WrongSettingTests
{
    private static readonly Dictionary<string, string?> Valid = new(YarpSettings.Read(RouteTable.Default)
        .Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
    {
        ["REDIS_HOST"] = "127.0.0.1", ["PGHOST"] = "127.0.0.1", ["PGUSER"] = "fib", ["PGPASSWORD"] = "secret",
        ["services__api__http__0"] = "http://127.0.0.1:1", ["services__web__http__0"] = "http://127.0.0.1:1",
    };

    [Theory]
    [InlineData("Fib.Api", "REDIS_HOST", null)]
    [InlineData("Fib.Api", "REDIS_HOST", "")]
    [InlineData("Fib.Api", "REDIS_HOST", "here,there")]
    [InlineData("Fib.Api", "REDIS_PORT", "0")]
    [InlineData("Fib.Api", "REDIS_PORT", "65536")]
    [InlineData("Fib.Api", "REDIS_TLS", "yes")]
    [InlineData("Fib.Api", "PGHOST", null)]
    [InlineData("Fib.Api", "PGHOST", "")]
    [InlineData("Fib.Api", "PGPORT", "five")]
    [InlineData("Fib.Api", "PGUSER", null)]
    [InlineData("Fib.Api", "PGPASSWORD", null)]
    [InlineData("Fib.Api", "PGSSLMODE", "on")]
    [InlineData("Fib.Api", "PGSSLROOTCERT", "/no/such/file")]
    [InlineData("Fib.Api", "MAXIMUM_INDEX", "-1")]
    [InlineData("Fib.Api", "ConnectionStrings__fibvalues", "nonsense")]
    [InlineData("Fib.Api", "ConnectionStrings__fibvalues", "Username=fib;Password=secret")]
    [InlineData("Fib.Api", "ConnectionStrings__redis", "127.0.0.1:6379,nonsense=1")]
    [InlineData("Fib.Api", "ConnectionStrings__redis", "password=secret")]
    [InlineData("Fib.Worker", "REDIS_HOST", null)]
    [InlineData("Fib.Worker", "REDIS_PORT", "six")]
    [InlineData("Fib.Worker", "REDIS_TLS", "1")]
    [InlineData("Fib.Worker", "MAXIMUM_INDEX", "all")]
    [InlineData("Fib.Worker", "ConnectionStrings__redis", "127.0.0.1:6379,ssl=perhaps")]
    [InlineData("Fib.Web", "services__api__http__0", null)]
    [InlineData("Fib.Web", "services__api__http__0", "api:5000")]
    [InlineData("Fib.Web", "services__api__http__1", "nonsense")]
    [InlineData("Fib.Web", "MAXIMUM_INDEX", "100000001")]
    [InlineData("Fib.Gateway", "ReverseProxy__Routes", null)]
    [InlineData("Fib.Gateway", "ReverseProxy__Clusters__api__Destinations__api__Address", "api")]
    [InlineData("Fib.Gateway", "services__api__http__0", null)]
    [InlineData("Fib.Gateway", "services__web__http__0", "")]
    [InlineData("Fib.Gateway", "services__api__http__1", "api:5000")]
    [InlineData("Fib.Gateway", "ReverseProxy__Routes__api__ClusterId", "nowhere")]
    [InlineData("Fib.Gateway", "ReverseProxy__Routes__api__ClusterId", null)]
    [InlineData("Fib.Gateway", "Gateway__ProblemDetailsPath", "api")]
    [InlineData("Fib.Gateway", "Gateway__BlockedPaths__0", "")]
    [InlineData("Fib.Gateway", "Gateway__BlockedPaths__0", "/api/{")]
    [InlineData("Fib.Gateway", "OTEL_EXPORTER_OTLP_ENDPOINT", "collector")]
    [InlineData("Fib.Worker", "OTEL_EXPORTER_OTLP_ENDPOINT", "collector.example.com:4317")]
    public async Task Start_MissingOrMalformed_ExitsWithOneLineThatNamesTheSetting(string project, string name, string? value) =>
        Assert.Contains(name, await ReadErrorAsync(project, name, value), StringComparison.Ordinal);

    /// <summary>YARP reads the routes. Its message has the value of the setting, or the name of the route.</summary>
    [Theory]
    [InlineData("Clusters__api__HttpRequest__ActivityTimeout", "10s")]
    [InlineData("Clusters__api__HttpRequest__VersionPolicy", "any")]
    [InlineData("Routes__api__Order", "first")]
    [InlineData("Routes__api__Match__Path", "/api/{")]
    [InlineData("Routes__api__CorsPolicy", "other")]
    public async Task Start_MalformedRoute_ExitsWithOneLineOfYarp(string name, string value)
    {
        var error = await ReadErrorAsync("Fib.Gateway", $"ReverseProxy__{name}", value);
        Assert.StartsWith("ReverseProxy__* ", error, StringComparison.Ordinal);
        Assert.Contains(value, error, StringComparison.Ordinal);
    }

    private static async Task<string> ReadErrorAsync(string project, string name, string? value)
    {
        var program = BuiltProgram.Find(project);
        var variables = new Dictionary<string, string?>(Valid) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" };
        foreach (var key in variables.Keys.Where(other => other.StartsWith(name, StringComparison.Ordinal)).ToArray())
            variables.Remove(key);
        if (value is not null)
            variables[name] = value;

        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        var service = new Command("dotnet", program)
        {
            Directory = Path.GetDirectoryName(program)!, Environment = variables, InheritsEnvironment = false,
        };
        var (exitCode, output, error) = await service.TryRunAsync(deadline.Token);
        Assert.Empty(output);
        Assert.Equal(ServiceProgram.WrongSetting, exitCode);
        return Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
