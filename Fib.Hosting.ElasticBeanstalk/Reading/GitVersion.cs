using System.ComponentModel;
using System.Diagnostics;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The version that is deployed.</summary>
/// <param name="Text">The tag of images and bundle.</param>
/// <param name="Problem">Why it is not usable, or null.</param>
internal sealed record GitVersion(string Text, Problem? Problem)
{
    private const string Dirty = "-dirty";

    /// <summary>
    /// The output of <c>git describe --tags --always</c>; a problem if it fails, or if the working tree has uncommitted changes.
    /// </summary>
    /// <param name="name">The environment's name, for messages.</param>
    /// <param name="directory">A directory of the working tree.</param>
    /// <param name="cancellationToken">Cancels the wait for git.</param>
    public static async Task<GitVersion> ReadAsync(string name, string directory, CancellationToken cancellationToken)
    {
        var version = await DescribeAsync(directory, cancellationToken);
        if (version is null)
            return new("unknown", new Problem(name, "tag", $"git has no version for {directory}: set it, such as --{name}:Tag 1.0."));
        return new(version, version.EndsWith(Dirty, StringComparison.Ordinal)
            ? new Problem(
                name, "tag",
                $"the working tree has uncommitted changes, which are not part of {version[..^Dirty.Length]}: commit them, or " +
                $"set another version, such as --{name}:Tag 1.0.")
            : null);
    }

    private static async Task<string?> DescribeAsync(string directory, CancellationToken cancellationToken)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo(
                "git", ["-C", directory, "describe", "--tags", "--always", $"--dirty={Dirty}"])
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
