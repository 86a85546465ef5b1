using System.Security.Cryptography.X509Certificates;
using Fib.Api.Database;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Fib.Tests.Unit.Api.Database;

public sealed class PostgresEncryptionTests
{
    private const string Rds = "fib.abcdefghijkl.us-east-1.rds.amazonaws.com";

    [Fact]
    public void Read_HostOfRds_VerifiesAgainstTheAuthoritiesOfRds()
    {
        var settings = Read(Rds);
        Assert.Equal(SslMode.VerifyFull, settings.SslMode);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(settings.RootCertificate!);
        Assert.True(roots.Count > 50);
        Assert.All(roots, root => Assert.Equal(root.Issuer, root.Subject));
        Assert.Contains(roots, root => root.Subject.Contains("Amazon RDS us-east-1 Root CA RSA2048 G1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("rds.amazonaws.com.example.com")]
    public void Read_OtherHost_StaysWithTheDefault(string host)
    {
        var settings = Read(host);
        Assert.Equal(new NpgsqlConnectionStringBuilder().SslMode, settings.SslMode);
        Assert.Null(settings.RootCertificate);
    }

    [Fact]
    public void Read_ModeForRds_Wins()
    {
        var settings = Read(Rds, ("PGSSLMODE", "require"));
        Assert.Equal(SslMode.Require, settings.SslMode);
        Assert.Null(settings.RootCertificate);
    }

    [Fact]
    public void Read_CertificateForRds_Wins()
    {
        var own = typeof(PostgresEncryptionTests).Assembly.Location;
        Assert.Equal(own, Read(Rds, ("PGSSLROOTCERT", own)).RootCertificate);
    }

    private static NpgsqlConnectionStringBuilder Read(string host, params IEnumerable<(string Name, string Value)> more)
    {
        var variables = new Dictionary<string, string?> { ["PGHOST"] = host, ["PGUSER"] = "postgres", ["PGPASSWORD"] = "geheim" };
        foreach (var (name, value) in more)
            variables[name] = value;
        return new(PostgresSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(variables).Build(), "fibvalues"));
    }
}
