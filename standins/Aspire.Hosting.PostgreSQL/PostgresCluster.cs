using System.Globalization;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>A data folder of a PostgreSQL server, made at the first start.</summary>
internal sealed class PostgresCluster
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), Step = TimeSpan.FromMilliseconds(50);

    private readonly PostgresBinaries _binaries;
    private readonly string _mount;
    private readonly string _settings;
    private readonly bool _kept;
    private readonly string _data;
    private readonly string? _user = Signals.IsRoot ? Users.First("postgres", "nobody") : null;

    public PostgresCluster(PostgresBinaries binaries, string mount, string settings, bool kept)
    {
        (_binaries, _mount, _settings, _kept) = (binaries, mount, settings, kept);
        _data = Path.Combine(mount, "cluster");
    }

    /// <summary>Makes the cluster, or makes a kept one take this password.</summary>
    public async Task PrepareAsync(string superuser, string password, CancellationToken cancellationToken)
    {
        await RefuseUnreachableAsync(cancellationToken);
        if (File.Exists(Path.Combine(_data, "PG_VERSION")))
        {
            await WaitForPredecessorAsync(cancellationToken);
            await SetPasswordAsync(superuser, password, cancellationToken);
        }
        else
        {
            await InitialiseAsync(superuser, password, cancellationToken);
        }
    }

    public ProcessSpec Run(IEnumerable<string> arguments) => AsUser(_binaries.Server, ["-D", _data, .. arguments]) with { StopSignal = Signals.Interrupt };

    private async Task InitialiseAsync(string superuser, string password, CancellationToken cancellationToken)
    {
        if (Directory.Exists(_data))
            Directory.Delete(_data, recursive: true);
        Directory.CreateDirectory(_data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var secret = Path.Combine(_settings, Guid.NewGuid().ToString("N"));
        using (new FileStream(secret, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            await File.WriteAllTextAsync(secret, password, cancellationToken);
        try
        {
            await OwnAsync([_data, secret], cancellationToken);
            await RunToolAsync(
                AsUser(_binaries.InitDb,
                [
                    "-D", _data, "-U", superuser, $"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8",
                    "--auth-host=scram-sha-256", "--auth-local=scram-sha-256", .. _kept ? (string[])[] : ["--no-sync"],
                ]), cancellationToken);
        }
        finally
        {
            File.Delete(secret);
        }
    }

    // Single-user mode reads statements from standard input, one a line.
    private async Task SetPasswordAsync(string superuser, string password, CancellationToken cancellationToken)
    {
        var role = superuser.Replace("\"", "\"\"", StringComparison.Ordinal);
        var text = password.Replace("'", "''", StringComparison.Ordinal);
        var statements = Path.Combine(_settings, Guid.NewGuid().ToString("N"));
        using (new FileStream(statements, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            await File.WriteAllTextAsync(statements, $"ALTER ROLE \"{role}\" PASSWORD '{text}'\n", cancellationToken);
        try
        {
            await OwnAsync([_data, statements], cancellationToken);
            const string Script = "exec \"$1\" --single -D \"$2\" -c log_statement=none -c log_min_error_statement=panic postgres <\"$3\"";
            var output = await RunToolAsync(AsUser("/bin/sh", ["-c", Script, "sh", _binaries.Server, _data, statements]), cancellationToken);
            if (output.Contains("ERROR:", StringComparison.Ordinal))
                throw new DistributedApplicationException($"The data in {_mount} does not have the user '{superuser}' this app host connects as: {output.Trim()}");
        }
        finally
        {
            File.Delete(statements);
        }
    }

    // A host that was killed leaves a server that is still ending.
    private async Task WaitForPredecessorAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(_data, "postmaster.pid");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            while (File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var process) && Signals.IsAlive(process))
                await Task.Delay(Step, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"The data in {_mount} is still in use by the server that {file} names.");
        }
    }

    private async Task RefuseUnreachableAsync(CancellationToken cancellationToken)
    {
        var (code, _) = await Tool.RunAsync(AsUser("/bin/sh", ["-c", "cd \"$1\"", "sh", _mount]), cancellationToken);
        if (code != 0)
            throw new DistributedApplicationException($"PostgreSQL runs as the user '{_user ?? Environment.UserName}', who may not enter {_mount}; keep its data in another folder.");
    }

    private async Task OwnAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        if (_user is not null)
            await RunToolAsync(new("chown", ["-R", $"{_user}:", .. paths], "/", InheritedEnvironment.With(new Dictionary<string, string>())), cancellationToken);
    }

    private static async Task<string> RunToolAsync(ProcessSpec spec, CancellationToken cancellationToken)
    {
        var (code, output) = await Tool.RunAsync(spec, cancellationToken);
        return code == 0 ? output : throw new DistributedApplicationException($"{Path.GetFileName(spec.Command)} failed with code {code}: {output.Trim()}");
    }

    private ProcessSpec AsUser(string command, IReadOnlyList<string> arguments) =>
        new(command, arguments, "/", InheritedEnvironment.With(new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" })) { User = _user };
}
