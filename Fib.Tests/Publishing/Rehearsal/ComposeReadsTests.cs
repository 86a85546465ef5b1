using Fib.Rehearsal.Platform;
using Fib.Tests.Support;

namespace Fib.Tests.Publishing.Rehearsal;

/// <summary>The real compose reads the <c>.env</c> file.</summary>
[Trait("Category", "Containers")]
public sealed class ComposeReadsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-env-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("Az09 _.:/=+-@")]
    [InlineData("a'b\"c\\d")]
    [InlineData("amqp://user:p=w@host:1/x?y")]
    public async Task Compose_DocumentedCharacters_ArriveUnchanged(string value)
    {
        var compose = await InstalledCompose.GetAsync();
        const string file = "services: { a: { image: 'a:1', environment: ['V=${V:?a value}', 'W=${W:?another}'] } }\n";
        File.WriteAllText(Path.Combine(_directory.FullName, "docker-compose.yml"), file);
        var properties = new Dictionary<string, string> { ["V"] = value, ["W"] = "next" };
        File.WriteAllText(Path.Combine(_directory.FullName, ".env"), EnvironmentFile.Write(properties, compose.Version));

        var config = await (compose.Command("config") with { Directory = _directory.FullName }).RunAsync();

        var variables = (YamlDotNet.RepresentationModel.YamlMappingNode)Parse(config)["services"]["a"]["environment"];
        Assert.Equal(value, variables["V"].ToString());
        Assert.Equal("next", variables["W"].ToString());
    }

    private static YamlDotNet.RepresentationModel.YamlNode Parse(string text)
    {
        var yaml = new YamlDotNet.RepresentationModel.YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents[0].RootNode;
    }
}
