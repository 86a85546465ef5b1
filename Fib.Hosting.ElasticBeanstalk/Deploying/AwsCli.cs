using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Runs the AWS CLI (<c>aws</c>), which validates parameters and supports profiles, SSO and OIDC.</summary>
/// <param name="region">The region; null for the region that the AWS CLI is configured for.</param>
/// <param name="variables">Environment variables to add to those of this process.</param>
internal sealed partial class AwsCli(string? region, IReadOnlyDictionary<string, string?>? variables = null)
{
    /// <summary>The argument that stands for the input of a call.</summary>
    public const string Input = "file://input";

    private const string Program = "aws";

    /// <summary>The exit code after SIGINT, which a terminal sends to this process and to the AWS CLI.</summary>
    private const int Interrupted = 130;

    public Task<string> CallAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        CallAsync(arguments, null, cancellationToken);

    /// <summary>Calls an operation.</summary>
    /// <param name="arguments">Service, operation and options.</param>
    /// <param name="input">Replaces the argument <see cref="Input"/>, since secrets must not be on a command line; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The output without its last line break.</returns>
    /// <exception cref="DeploymentException">The call failed; the message is the error of AWS in one line.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled, or the AWS CLI was interrupted.</exception>
    public async Task<string> CallAsync(IEnumerable<string> arguments, string? input, CancellationToken cancellationToken)
    {
        using var file = InputFile.Write(input);
        string[] words = [.. arguments.Select(argument => argument == Input ? file.Argument : argument)];
        string[] regionArguments = region is { Length: > 0 } && !words.Contains("--region") ? ["--region", region] : [];
        using var process = Start([.. words, .. regionArguments]);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == Interrupted)
                throw new OperationCanceledException();
            return process.ExitCode == 0 ? (await output).TrimEnd('\n') : throw ErrorOf(words, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Newer versions would write the error in several lines, and its code not at all.
            Environment = { ["AWS_PAGER"] = "", ["AWS_CLI_ERROR_FORMAT"] = "legacy" },
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new DeploymentException(
                "the program aws is not installed: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html");
        }
    }

    private static DeploymentException ErrorOf(string[] words, string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.LastOrDefault(line => line.Contains("An error occurred (", StringComparison.Ordinal))
            ?? lines.LastOrDefault() ?? "no reason given";
        return new DeploymentException($"aws {words[0]} {words[1]}: {line}") { Code = ErrorCode().Match(line).Groups[1].Value };
    }

    [GeneratedRegex(@"\(([A-Za-z]+)\)")]
    private static partial Regex ErrorCode();

    /// <summary>
    /// A temporary file that only this user can read, deleted after the call. The program may read it more than once, so it cannot be a
    /// pipe.
    /// </summary>
    private sealed class InputFile : IDisposable
    {
        private DirectoryInfo? _directory;

        public string Argument { get; private init; } = "";

        public static InputFile Write(string? input)
        {
            if (input is null)
                return new InputFile();
            var directory = Directory.CreateTempSubdirectory("aws-");
            var path = Path.Combine(directory.FullName, "input.json");
            File.WriteAllText(path, input);
            return new InputFile { _directory = directory, Argument = $"file://{path}" };
        }

        public void Dispose() => _directory?.Delete(recursive: true);
    }
}
