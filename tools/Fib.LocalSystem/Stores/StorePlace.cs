using System.Net;
using Fib.LocalSystem.Processes;

namespace Fib.LocalSystem.Stores;

/// <summary>Where a store is put.</summary>
/// <param name="Parent">The folder in which it gets one of its own; its user must come through.</param>
/// <param name="Logs">The folder for its log.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Certificate">With one, only TLS is let in; null for no TLS.</param>
internal sealed record StorePlace(string Parent, string Logs, IPAddress Address, StoreCertificate? Certificate = null)
{
    /// <summary>A folder that only this user reads, with copies of the certificate and its key as <c>server.pem</c> and <c>server.key</c>.</summary>
    public async Task<string> PrepareAsync(string name, string? user, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(Path.Combine(Parent, name)).FullName;
        if (Certificate is { } certificate)
        {
            File.Copy(certificate.Server, Path.Combine(directory, "server.pem"));
            File.Copy(certificate.Key, Path.Combine(directory, "server.key"));
        }

        await SystemUser.OwnAsync(user, directory, cancellationToken);
        return directory;
    }
}
