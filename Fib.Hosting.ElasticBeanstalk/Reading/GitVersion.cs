using System.ComponentModel;
using System.Diagnostics;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The version that the working tree's history gives.</summary>
internal static class GitVersion
{
    private const string Dirty = "-dirty";

    /// <summary>What <c>git describe --tags --always</c> says; a problem where it says nothing, or where the tree is not what it says.</summary>
    public static async Task<string> ReadAsync(string name, string directory, List<Problem> problems, CancellationToken cancellationToken)
    {
        var version = await DescribeAsync(directory, cancellationToken);
        if (version is null)
            problems.Add(new Problem(name, "tag", $"git knows no version of {directory}: say which it is ({name}:Tag)."));
        else if (version.EndsWith(Dirty, StringComparison.Ordinal))
            problems.Add(new Problem(name, "tag", $"the working tree has uncommitted changes, so {version[..^Dirty.Length]} is not what would be deployed: commit them, or say which version it is ({name}:Tag)."));
        return version ?? "unknown";
    }

    private static async Task<string?> DescribeAsync(string directory, CancellationToken cancellationToken)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", directory, "describe", "--tags", "--always", $"--dirty={Dirty}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = git.StandardError.ReadToEndAsync(cancellationToken);
            var version = (await git.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
            await errors;
            await git.WaitForExitAsync(cancellationToken);
            return git.ExitCode == 0 && version.Length > 0 ? version : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
