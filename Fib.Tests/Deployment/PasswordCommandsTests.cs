using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

/// <summary>The commands in docs/deploy.md that pass a password, run by bash with the real <c>aws</c> command.</summary>
public sealed partial class PasswordCommandsTests : DeployScriptTests
{
    private const string Password = "Passw0rd";

    /// <summary>Every process of a machine can read the arguments of the others.</summary>
    [Fact]
    public void Documents_PassPasswordsOnlyThroughStandardInput()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*", SearchOption.AllDirectories));
        var passed = files.SelectMany(file => PasswordOption().Matches(File.ReadAllText(file))).Select(option => option.Groups[1].Value);
        Assert.Equal("file:///dev/stdin", Assert.Single(passed.Distinct()));
    }

    [Fact]
    public async Task Commands_PassThePasswordUnchanged()
    {
        Aws.Answer("GetSecretValue", new AwsReply($$"""{"ARN":"arn","Name":"name","SecretString":"{{Password}}"}"""));
        Aws.Answer("PutParameter", new AwsReply("""{"Version":1}"""));
        Aws.Answer("PutSecretValue", new AwsReply("""{"ARN":"arn","Name":"name"}"""));
        Aws.Answer("ModifyReplicationGroup", AwsReply.Of("ModifyReplicationGroup", "<ReplicationGroup/>"));
        Aws.Answer("ModifyDBInstance", AwsReply.Of("ModifyDBInstance", "<DBInstance/>"));

        foreach (var command in Commands())
            await RunAsync(command);

        Assert.Equal(
            [
                "PutParameter /playground-fib/PGPASSWORD", "PutParameter /playground-fib/REDIS_PASSWORD", "ModifyReplicationGroup",
                "PutSecretValue CachePasswordArn", "PutSecretValue DatabasePasswordArn", "ModifyDBInstance",
            ],
            Aws.Calls.Where(call => call.Operation != "GetSecretValue").Select(Describe).ToList());
    }

    /// <summary>The indented commands, each with its continued lines.</summary>
    private static IEnumerable<string> Commands() =>
        CommandLines().Matches(Pipeline.Text("docs/deploy.md")).Select(command => command.Value)
            .Where(command => command.Contains("file:///dev/stdin", StringComparison.Ordinal))
            .Select(command => Placeholder().Replace(command, "$1"));

    private async Task RunAsync(string command)
    {
        Assert.SkipUnless(DeployScript.HasAws, DeployScript.WhyNoAws);
        var environment = AwsVariables.Of(Aws);
        environment["new"] = Password;
        var result = await new Command("bash", "-euo", "pipefail", "-c", command) { Environment = environment }.TryRunAsync();
        Assert.True(result.ExitCode == 0, $"{command}\n{result.Text}");
    }

    /// <summary>A call and what it changes, after checking that it has the password.</summary>
    private static string Describe(AwsCall call)
    {
        var body = call.Body.StartsWith('{') ? JsonNode.Parse(call.Body)! : null;
        var (password, target) = call.Operation switch
        {
            "PutParameter" => (body!["Value"]!.ToString(), $" {body["Name"]}"),
            "PutSecretValue" => (body!["SecretString"]!.ToString(), $" {body["SecretId"]}"),
            "ModifyReplicationGroup" => (call["AuthToken"], ""),
            _ => (call["MasterUserPassword"], ""),
        };
        Assert.Equal(Password, password);
        return call.Operation + target;
    }

    [GeneratedRegex(@"--(?:value|auth-token|master-user-password|secret-string)[ =]+(\S+)")]
    private static partial Regex PasswordOption();

    [GeneratedRegex(@"(?<=^ {4,})\S(?:.*(?:\\|\|)\n)*.*$", RegexOptions.Multiline)]
    private static partial Regex CommandLines();

    [GeneratedRegex("<([A-Za-z]+)>")]
    private static partial Regex Placeholder();
}
