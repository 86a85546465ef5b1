using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>The official <c>aws</c> program, which brings validation of parameters, profiles, SSO and OIDC with it.</summary>
/// <param name="region">The region; null for the one that the program is configured for.</param>
/// <param name="variables">Environment variables of the program beside this process' own.</param>
internal sealed partial class AwsProgram(string? region, IReadOnlyDictionary<string, string?>? variables = null) : IAws
{
    private const string Program = "aws";

    public async Task<string> CallAsync(IEnumerable<string> arguments, string? input, CancellationToken cancellationToken)
    {
        using var file = InputFile.Write(input);
        string[] words = [.. arguments.Select(argument => argument == AwsCalls.Input ? file.Argument : argument)];
        using var process = Start([.. words, .. region is { Length: > 0 } && !words.Contains("--region") ? (string[])["--region", region] : []]);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? (await output).TrimEnd('\n') : throw Refused(words, await errors);
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
            Environment = { ["AWS_PAGER"] = "" },
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new DeploymentException("the program aws is not installed: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html");
        }
    }

    private static DeploymentException Refused(string[] words, string errors)
    {
        var line = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no reason given";
        return new DeploymentException($"aws {words[0]} {words[1]}: {line}") { Code = ErrorCode().Match(line).Groups[1].Value };
    }

    [GeneratedRegex(@"\(([A-Za-z]+)\)")]
    private static partial Regex ErrorCode();

    /// <summary>A file that only this user can read, for as long as the call takes; the program may read it more than once, which a pipe cannot offer.</summary>
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
