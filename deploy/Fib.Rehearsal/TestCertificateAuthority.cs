using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fib.LocalSystem.Stores;

namespace Fib.Rehearsal;

/// <summary>
/// A certificate authority for one rehearsal, and the stores' certificate that it signs. The containers trust it instead of Amazon's
/// public ones.
/// </summary>
internal static class TestCertificateAuthority
{
    /// <summary>A file in the directory of trusted certificates of a container.</summary>
    public const string TrustedPath = "/etc/ssl/certs/fib-rehearsal.pem";

    /// <summary>Creates authority and certificate for servers at an address, and writes them as PEM files.</summary>
    public static StoreCertificate Create(string directory, IPAddress address)
    {
        var files = new StoreCertificate(
            Path.Combine(directory, "authority.pem"), Path.Combine(directory, "server.pem"), Path.Combine(directory, "server.key"));
        var (from, until) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(150));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Fib rehearsal authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, false));
        using var issuer = authority.CreateSelfSigned(from, until);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest($"CN={address}", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var issued = server.Create(issuer, from, until, RandomNumberGenerator.GetBytes(8));

        File.WriteAllText(files.Authority, issuer.ExportCertificatePem());
        File.WriteAllText(files.Server, issued.ExportCertificatePem());
        File.WriteAllText(files.Key, serverKey.ExportPkcs8PrivateKeyPem());
        return files;
    }
}
