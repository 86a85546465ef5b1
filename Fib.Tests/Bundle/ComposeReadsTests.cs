using Fib.Rehearsal.Platform;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Rehearsals;

/// <summary>The real docker-compose reads the written .env file.</summary>
[Trait("Category", "Containers")]
public sealed class ComposeReadsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-env-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("Az09 _.:/=+-@")]
    [InlineData("a'b\"c\\d")]
    [InlineData("amqp://user:p=w@host:1/x?y")]
    public async Task ComposeOne_DocumentedCharacters_ArriveAsTyped(string value)
    {
        var version = await ComposeAsync("version", "--short");
        Assert.SkipUnless(version.Output.StartsWith("1.", StringComparison.Ordinal), "docker-compose 1.x is not installed");
        File.WriteAllText(
            Path.Combine(_directory.FullName, "docker-compose.yml"),
            "services: { a: { image: 'a:1', environment: ['V=${V:?a value}', 'W=${W:?another}'] } }\n");
        File.WriteAllText(
            Path.Combine(_directory.FullName, ".env"),
            EnvironmentFile.Write(new Dictionary<string, string> { ["V"] = value, ["W"] = "next" }, ComposeGeneration.One));

        var config = (await ComposeAsync("config")).Output;

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

    private async Task<CommandResult> ComposeAsync(params string[] arguments)
    {
        try
        {
            return await new Command("docker-compose", arguments) { Directory = _directory.FullName }.TryRunAsync();
        }
        catch (CommandFailedException exception)
        {
            return new CommandResult(1, "", exception.Message);
        }
    }
}
