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
    /// The tag of the environment; if it has none, the output of <c>git describe --tags --always</c> for the AppHost's directory, and a
    /// problem if that fails or the working tree has uncommitted changes.
    /// </summary>
    public static async Task<GitVersion> ReadAsync(ElasticBeanstalkEnvironmentResource environment, CancellationToken cancellationToken)
    {
        if (environment.Tag is { Length: > 0 } tag)
            return new(tag, null);
        var (name, directory) = (environment.Name, environment.Directory);
        environment.GitVersion ??= await DescribeAsync(directory, cancellationToken);
        if (environment.GitVersion is not { } version)
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
