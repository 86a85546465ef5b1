using System.Text.RegularExpressions;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment.Aspire;

/// <summary><c>aspire do diagnostics</c> of samples/Starter, with Aspire's CLI: only the CLI shows the steps.</summary>
public sealed partial class DiagnosticsTests
{
    private static readonly Dictionary<string, string> Dependencies = new()
    {
        ["prepare-deployment-targets-eb"] = "validate-compute-environments",
        ["publish-eb"] = "none",
        ["registry-login-eb"] = "none",
        ["check-images-eb"] = "build",
        ["upload-eb"] = "deploy-prereq, publish-eb, push",
        ["create-version-eb"] = "upload-eb",
        ["update-eb"] = "create-version-eb",
        ["verify-eb"] = "update-eb",
        ["deploy"] = "verify-eb",
        ["publish"] = "publish-eb",
        ["push-prereq"] = "check-images-eb, registry-login-eb",
        ["deploy-bundle-eb"] = "none",
        ["terminate-eb"] = "destroy-prereq",
        ["destroy"] = "terminate-eb",
    };

    [Fact]
    public async Task Diagnostics_Steps_AreInOrder()
    {
        var output = await RunAsync();
        var order = Order().Matches(output).Select(step => step.Groups["name"].Value).ToList();
        AssertOrder(order, "build-apiservice", "build", "check-images-eb", "push-prereq", "push-apiservice", "push", "upload-eb");
        AssertOrder(order, "registry-login-eb", "push-prereq");
        AssertOrder(order, "publish-eb", "upload-eb", "create-version-eb", "update-eb", "verify-eb", "deploy");
        AssertOrder(order, "destroy-prereq", "terminate-eb", "destroy");
        var dependencies = Details().Matches(output).ToDictionary(
            step => step.Groups["name"].Value,
            step => step.Groups["names"].Value.Replace("\u2713 ", "", StringComparison.Ordinal).Trim());
        Assert.Equal(Dependencies, Dependencies.Keys.ToDictionary(name => name, name => dependencies.GetValueOrDefault(name, "")));
    }

    private static void AssertOrder(List<string> order, params string[] names) => Assert.Equal(names, order.Where(names.Contains));

    private static async Task<string> RunAsync()
    {
        string[] restore = ["tool", "restore"];
        string[] diagnostics =
        [
            "aspire", "do", "diagnostics", "--apphost", Path.Combine("samples", "Starter", "Starter.AppHost", "Starter.AppHost.csproj"),
            "--no-build", "--nologo", "--non-interactive", "--", "--eb:Tag", "2",
        ];
        var output = "";
        foreach (var arguments in (string[][])[restore, diagnostics])
        {
            var command = new Command("dotnet", arguments)
            {
                Directory = Repository.Root,
                Environment = new Dictionary<string, string?> { ["NO_COLOR"] = "1" },
            };
            var result = await command.TryRunAsync();
            Assert.True(result.ExitCode == 0, result.Text);
            output = result.Text;
        }
        return output;
    }

    [GeneratedRegex(@"\s\d+\. (?<name>[a-z-]+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Order();

    [GeneratedRegex(@"Step: (?<name>[a-z-]+)\s*\n.*Description: [^\n]*\n(?:[^\n]*\n)??.*Dependencies: (?<names>[^\n]*)")]
    private static partial Regex Details();
}
