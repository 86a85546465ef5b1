using Fib.LocalSystem.Processes;
using Fib.Rehearsal.Platform;

namespace Fib.Tests.Publishing.Rehearsal;

/// <summary>The real docker-compose reads the <c>.env</c> file.</summary>
[Trait("Category", "Containers")]
public sealed class ComposeReadsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-env-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("Az09 _.:/=+-@")]
    [InlineData("a'b\"c\\d")]
    [InlineData("amqp://user:p=w@host:1/x?y")]
    public async Task ComposeV1_DocumentedCharacters_ArriveUnchanged(string value)
    {
        var version = await ComposeAsync("version", "--short");
        Assert.SkipUnless(version.Output.StartsWith("1.", StringComparison.Ordinal), "docker-compose 1.x is not installed.");
        const string compose = "services: { a: { image: 'a:1', environment: ['V=${V:?a value}', 'W=${W:?another}'] } }\n";
        File.WriteAllText(Path.Combine(_directory.FullName, "docker-compose.yml"), compose);
        var properties = new Dictionary<string, string> { ["V"] = value, ["W"] = "next" };
        File.WriteAllText(Path.Combine(_directory.FullName, ".env"), EnvironmentFile.Write(properties, ComposeVersion.V1));

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
