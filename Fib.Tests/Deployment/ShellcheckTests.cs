using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

/// <summary>shellcheck reports nothing for any script, including those of the bundle.</summary>
public sealed class ShellcheckTests
{
    [Fact]
    public async Task Scripts_AllInGit_PassShellcheck()
    {
        Assert.SkipUnless(Command.Exists("shellcheck"), "shellcheck is not installed");
        string[] grep = ["grep", "-lE", "^#!/.*sh$|^# shellcheck shell=", "--", ":!*.cs", ":!*.md"];
        var found = await new Command("git", grep) { Directory = Repository.Root }.RunAsync();
        var scripts = found.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] some = ["fib", ".ci/run", "scripts/common.sh", "deploy/beanstalk.sh", "deploy/lib/settings.sh"];
        Assert.Superset(some.ToHashSet(), scripts.ToHashSet());

        var result = await new Command("shellcheck", ["-x", "-P", "SCRIPTDIR", .. scripts]) { Directory = Repository.Root }.TryRunAsync();

        Assert.True(result.ExitCode == 0, result.Text);
    }
}
