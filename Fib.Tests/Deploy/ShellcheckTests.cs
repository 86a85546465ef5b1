using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deploy;

/// <summary>shellcheck has nothing to say about any script here, nor about those in the bundle.</summary>
public sealed class ShellcheckTests
{
    [Fact]
    public async Task Scripts_AllInGit_AreClean()
    {
        Assert.SkipUnless(Command.Exists("shellcheck"), "shellcheck is not installed");
        var found = await new Command("git", "grep", "-lE", "^#!/.*sh$|^# shellcheck shell=", "--", ":!*.cs", ":!*.md") { Directory = Repository.Root }.RunAsync();
        var scripts = found.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Superset(new HashSet<string> { "fib", ".ci/run", "scripts/common.sh", "deploy/beanstalk.sh", "deploy/lib/settings.sh" }, scripts.ToHashSet());

        var checks = await new Command("shellcheck", ["-x", "-P", "SCRIPTDIR", .. scripts]) { Directory = Repository.Root }.TryRunAsync();

        Assert.True(checks.ExitCode == 0, checks.Text);
    }
}
