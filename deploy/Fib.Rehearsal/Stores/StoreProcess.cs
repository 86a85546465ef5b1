using System.Diagnostics;
using System.Globalization;
using Fib.Rehearsal.Tools;

namespace Fib.Rehearsal.Stores;

/// <summary>A server outside the containers, as an unprivileged user with a folder of its own. Disposing ends it.</summary>
internal sealed class StoreProcess : IAsyncDisposable
{
    private static readonly TimeSpan ForTheEnd = TimeSpan.FromSeconds(10);
    private readonly Process _process;

    private StoreProcess(Process process)
    {
        _process = process;
        // Nobody reads what it writes, but a full pipe would stop it.
        process.OutputDataReceived += Ignore;
        process.ErrorDataReceived += Ignore;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts a server.</summary>
    public static StoreProcess Start(string user, string program, params string[] arguments) => new(As(user, program, arguments).Start());

    /// <summary>A program as another user, in the same process.</summary>
    public static Command As(string user, string program, params string[] arguments) =>
        new("setpriv", [$"--reuid={user}", $"--regid={user}", "--clear-groups", program, .. arguments]) { Directory = "/" };

    /// <summary>A folder that only this user reads, with copies of the stores' certificate and key.</summary>
    public static async Task<string> PrepareAsync(string directory, string user, TestAuthority authority, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        File.Copy(authority.ServerCertificate, Path.Combine(directory, "server.pem"));
        File.Copy(authority.ServerKey, Path.Combine(directory, "server.key"));
        await new Command("chown", "-R", $"{user}:{user}", directory).RunAsync(cancellationToken);
        await new Command("chmod", "-R", "u=rwX,go=", directory).RunAsync(cancellationToken);
        return directory;
    }

    /// <summary>Waits until the server is of use; ends it where it does not become so.</summary>
    public async Task ReadyAsync(Func<Task> wait)
    {
        try
        {
            await wait();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await new Command("kill", "-INT", _process.Id.ToString(CultureInfo.InvariantCulture)).TryRunAsync(CancellationToken.None);
        using var deadline = new CancellationTokenSource(ForTheEnd);
        await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static void Ignore(object sender, DataReceivedEventArgs line)
    {
    }
}
