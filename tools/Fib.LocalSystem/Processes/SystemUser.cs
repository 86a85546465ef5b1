namespace Fib.LocalSystem.Processes;

/// <summary>Runs programs as another user: a server that root starts must not run as root.</summary>
internal static class SystemUser
{
    /// <summary>The user that Debian's package of a store creates; null if this process may not change the user.</summary>
    public static string? Of(string store) => Environment.IsPrivilegedProcess ? store : null;

    /// <summary>The command line that runs a program as a user; null keeps the current user.</summary>
    public static string[] As(string? user, string program, params IEnumerable<string> arguments) =>
        user is null
            ? [program, .. arguments]
            : ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", "--", program, .. arguments];

    /// <summary>Runs a program to its end as a user.</summary>
    /// <exception cref="CommandFailedException">It could not start, or its exit code was not 0.</exception>
    public static Task<string> RunAsync(string? user, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var words = As(user, program, arguments);
        return new Command(words[0], words[1..]) { Directory = "/" }.RunAsync(cancellationToken);
    }

    /// <summary>Makes a user the owner of files, and removes the access of all others.</summary>
    public static async Task OwnAsync(string? user, string path, CancellationToken cancellationToken)
    {
        if (user is not null)
            await new Command("chown", "-R", $"{user}:{user}", path).RunAsync(cancellationToken);
        await new Command("chmod", "-R", "u=rwX,go=", path).RunAsync(cancellationToken);
    }
}
