using System.Security.Cryptography.X509Certificates;

namespace Aspire.Hosting.Orchestration;

/// <summary>The certificate <c>dotnet dev-certs https</c> makes.</summary>
internal static class DevelopmentCertificate
{
    private const string Mark = "1.3.6.1.4.1.311.84.1.1";

    private static readonly Lazy<bool> Found = new(() =>
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser, OpenFlags.ReadOnly);
        return store.Certificates.Any(c => c.HasPrivateKey && c.Extensions.Any(e => e.Oid?.Value == Mark));
    });

    public static bool Exists => Found.Value;
}
