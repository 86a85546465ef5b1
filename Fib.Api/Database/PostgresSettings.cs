using Fib.ServiceDefaults.Settings;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>
/// Reads the connection string <c>ConnectionStrings:{name}</c>, or, if there is none, PGHOST, PGPORT, PGUSER, PGPASSWORD,
/// PGDATABASE, PGSSLMODE and PGSSLROOTCERT.
/// </summary>
internal static class PostgresSettings
{
    private const string DefaultDatabase = "fibvalues";

    /// <summary>Returns the connection string.</summary>
    /// <exception cref="SettingException">A required variable is missing, or one is malformed.</exception>
    public static string Read(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is { Length: > 0 } connectionString)
            return Checked(connectionString, name);

        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = configuration.ReadRequired("PGHOST", "the host name of the PostgreSQL server"),
            Port = configuration.ReadPort("PGPORT", NpgsqlConnection.DefaultPort),
            Username = configuration.ReadRequired("PGUSER", "the PostgreSQL user"),
            Password = configuration.ReadRequired("PGPASSWORD", "the PostgreSQL user's password"),
            Database = configuration.ReadText("PGDATABASE") ?? DefaultDatabase,
        };
        settings.Secure(configuration);
        return settings.ConnectionString;
    }

    /// <summary>
    /// The maximum number of connections of one api, 4 to 1,000. The default is 10: four apis and, during a deployment, four
    /// new ones share the smallest RDS instance, which accepts about 80.
    /// </summary>
    /// <exception cref="SettingException">The variable is malformed or out of range.</exception>
    public static int ReadMaxConnections(IConfiguration configuration) => configuration.ReadNumber("DATABASE_CONNECTIONS", 10, 4, 1_000);

    private static string Checked(string connectionString, string name)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            return settings.Host is { Length: > 0 } ? settings.ConnectionString : throw new ArgumentException("There is no host.");
        }
        catch (ArgumentException exception)
        {
            throw new SettingException(
                $"ConnectionStrings__{name} is no PostgreSQL connection string: it must look like " +
                "Host=...;Port=5432;Username=...;Password=...;Database=...",
                exception);
        }
    }
}
