namespace Fib.LocalSystem.Processes;

/// <summary>Programs as another user, in the same process: a server that root starts must not run as root.</summary>
internal static class SystemUser
{
    /// <summary>The user that Debian's package of a store made, where this process may become it; null where it may not, and so runs as nobody special already.</summary>
    public static string? Of(string store) => Environment.IsPrivilegedProcess ? store : null;

    /// <summary>A program and its arguments, started as a user.</summary>
    public static string[] As(string? user, string program, params IEnumerable<string> arguments) =>
        user is null ? [program, .. arguments] : ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", "--", program, .. arguments];

    /// <summary>Runs a program to its end as a user.</summary>
    /// <exception cref="CommandFailedException">It could not start, or ended with another code than 0.</exception>
    public static Task<string> RunAsync(string? user, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var words = As(user, program, arguments);
        return new Command(words[0], words[1..]) { Directory = "/" }.RunAsync(cancellationToken);
    }

    /// <summary>Gives files to a user, who alone may read them.</summary>
    public static async Task OwnAsync(string? user, string path, CancellationToken cancellationToken)
    {
        if (user is not null)
            await new Command("chown", "-R", $"{user}:{user}", path).RunAsync(cancellationToken);
        await new Command("chmod", "-R", "u=rwX,go=", path).RunAsync(cancellationToken);
    }
}
