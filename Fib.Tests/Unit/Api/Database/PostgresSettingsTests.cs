using Fib.Api.Database;
using Fib.ServiceDefaults.Settings;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.Unit.Api.Database;

public sealed class PostgresSettingsTests
{
    private static readonly (string, string?)[] Required = [("PGHOST", "db.example"), ("PGUSER", "fib"), ("PGPASSWORD", "p;w'\"=d ")];

    [Fact]
    public void Read_RequiredOnly_TakesTheDefaults()
    {
        var settings = Read(Required);
        Assert.Equal(
            ("db.example", 5432, "fib", "p;w'\"=d ", "fibvalues"),
            (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database));
    }

    [Fact]
    public void Read_AllOfThem_TakesThemAll()
    {
        var certificate = typeof(PostgresSettingsTests).Assembly.Location;
        var settings = Read(
        [
            .. Required, ("PGPORT", "5433"), ("PGDATABASE", "other"), ("PGSSLMODE", "verify-full"), ("PGSSLROOTCERT", certificate),
        ]);
        Assert.Equal(
            (5433, "other", SslMode.VerifyFull, certificate),
            (settings.Port, settings.Database, settings.SslMode, settings.RootCertificate));
    }

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("allow", SslMode.Allow)]
    [InlineData("prefer", SslMode.Prefer)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    public void Read_EverySslModeOfLibpq_IsKnown(string mode, SslMode expected) =>
        Assert.Equal(expected, Read([.. Required, ("PGSSLMODE", mode)]).SslMode);

    [Theory]
    [InlineData("PGHOST", "")]
    [InlineData("PGUSER", "")]
    [InlineData("PGPASSWORD", "")]
    [InlineData("PGPORT", "0")]
    [InlineData("PGPORT", "65536")]
    [InlineData("PGPORT", "five")]
    [InlineData("PGSSLMODE", "on")]
    [InlineData("PGSSLROOTCERT", "/no/such/file")]
    public void Read_MissingOrMalformed_SaysInOneLineWhich(string name, string value)
    {
        var wrong = Assert.Throws<SettingException>(() => Read([.. Required, (name, value)]));
        Assert.StartsWith(name, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void Read_AConnectionString_WinsWhateverTheVariablesSay() =>
        Assert.Equal("there", Read([.. Required, ("PGPORT", "nonsense"), ("ConnectionStrings:fibvalues", "Host=there;Username=u")]).Host);

    [Fact]
    public void Read_AnEmptyConnectionString_CountsAsUnset() =>
        Assert.Equal("db.example", Read([.. Required, ("ConnectionStrings:fibvalues", "")]).Host);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Host=there;Nonsense=1")]
    [InlineData("Host=there;Port=five")]
    public void Read_AMalformedConnectionString_IsNamed(string connectionString)
    {
        var wrong = Assert.Throws<SettingException>(() => Read([("ConnectionStrings:fibvalues", connectionString)]));
        Assert.StartsWith("ConnectionStrings__fibvalues", wrong.Message, StringComparison.Ordinal);
    }

    /// <summary>Of settings given twice the last counts.</summary>
    private static NpgsqlConnectionStringBuilder Read((string Name, string? Value)[] settings) =>
        new(PostgresSettings.Read(Settings.Of([.. settings.GroupBy(setting => setting.Name).Select(group => group.Last())]), "fibvalues"));
}
