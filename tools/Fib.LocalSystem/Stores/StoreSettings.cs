using System.Net;
using Fib.LocalSystem.Processes;

namespace Fib.LocalSystem.Stores;

/// <summary>The files, the address and the certificate of a store.</summary>
/// <param name="Parent">The folder in which the store gets a folder of its own; the store's user must be able to traverse it.</param>
/// <param name="Logs">The folder for its log.</param>
/// <param name="Address">The address on which it listens.</param>
/// <param name="Certificate">Its certificate, with which it accepts only TLS; null for no TLS.</param>
internal sealed record StoreSettings(string Parent, string Logs, IPAddress Address, StoreCertificate? Certificate = null)
{
    /// <summary>
    /// Creates a folder that only a given user can read, with copies of the certificate and its key as <c>server.pem</c> and
    /// <c>server.key</c>.
    /// </summary>
    public async Task<string> PrepareFolderAsync(string name, string? user, CancellationToken cancellationToken)
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

/// <summary>The certificate of a store that accepts TLS connections.</summary>
/// <param name="Authority">PEM file of the certificate authority to trust.</param>
/// <param name="Server">PEM file of the store's certificate.</param>
/// <param name="Key">PEM file of its private key.</param>
internal sealed record StoreCertificate(string Authority, string Server, string Key);
