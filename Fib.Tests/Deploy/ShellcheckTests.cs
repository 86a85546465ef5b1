using Fib.Tests.Support;

namespace Fib.Tests.Deploy;

/// <summary>shellcheck has nothing to say about any script here, nor about those in the bundle.</summary>
public sealed class ShellcheckTests
{
    [Fact]
    public async Task Scripts_AllInGit_AreClean()
    {
        Assert.SkipUnless(Tool.Exists("shellcheck"), "shellcheck is not installed");
        var (exitCode, files) = await Tool.RunAsync(Repository.Root, [], "git", "grep", "-lE", "^#!/.*sh$|^# shellcheck shell=", "--", ":!*.cs", ":!*.md");
        Assert.True(exitCode == 0, files);
        var scripts = files.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Superset(new HashSet<string> { "fib", ".ci/run", "scripts/common.sh", "deploy/beanstalk.sh", "deploy/lib/settings.sh" }, scripts.ToHashSet());

        var (problems, output) = await Tool.RunAsync(Repository.Root, [], "shellcheck", ["-x", "-P", "SCRIPTDIR", .. scripts]);

        Assert.True(problems == 0, output);
    }
}
