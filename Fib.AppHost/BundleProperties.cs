using Fib.Hosting.ElasticBeanstalk;

namespace Fib.AppHost;

/// <summary>The environment properties of a deployment, with the names that the services read.</summary>
internal static class BundleProperties
{
    public static EnvironmentProperty PostgresPassword { get; } =
        new("PGPASSWORD", "the password of the PostgreSQL user") { Example = "a1B2c3D4e5F6", Secret = true };

    public static EnvironmentProperty MaximumIndex { get; } =
        new("MAXIMUM_INDEX", "the largest index that may be submitted (10000000 if unset)") { Default = "", Example = "10000000" };

    public static EnvironmentProperty OtlpEndpoint { get; } =
        new("OTEL_EXPORTER_OTLP_ENDPOINT", "the OTLP endpoint for telemetry (none if unset)")
        {
            Default = "",
            Example = "http://collector.example.com:4317",
        };

    /// <summary>RDS, or the container of the bundle.</summary>
    public static IReadOnlyList<EnvironmentProperty> Postgres { get; } =
    [
        new("PGHOST", "the host name of PostgreSQL, which is the endpoint of RDS")
        {
            Example = "fib.abcdefghijkl.us-east-1.rds.amazonaws.com",
            BundledValue = ResourceNames.Postgres,
        },
        new("PGPORT", "the port of PostgreSQL") { Default = "5432", Example = "5432", BundledValue = "5432" },
        new("PGUSER", "the PostgreSQL user") { Example = "postgres", BundledValue = "postgres" },
        PostgresPassword,
        new("PGDATABASE", "the database")
        {
            Default = ResourceNames.Database,
            Example = ResourceNames.Database,
            BundledValue = ResourceNames.Database,
        },
        new("PGSSLMODE", "how the connection is secured (libpq's names; verify-full if unset and PGHOST is an endpoint of RDS)")
        {
            Default = "",
            Example = "verify-full",
            BundledValue = "",
        },
        new(
            "PGSSLROOTCERT",
            "a file with the trusted certificate authorities " +
            "(those of RDS, which the image contains, if unset and PGHOST is an endpoint of RDS)")
        {
            Default = "",
            Example = "/app/certificates/rds.pem",
            BundledValue = "",
        },
    ];

    /// <summary>ElastiCache, or the container of the bundle.</summary>
    public static IReadOnlyList<EnvironmentProperty> Redis { get; } =
    [
        new("REDIS_HOST", "the host name of Redis, which is the primary endpoint of ElastiCache without its port")
        {
            Example = "master.fib.abcdef.use1.cache.amazonaws.com",
            BundledValue = ResourceNames.Redis,
        },
        new("REDIS_PORT", "the port of Redis") { Default = "6379", Example = "6379", BundledValue = "6379" },
        new("REDIS_PASSWORD", "the password of Redis (none if unset)")
        {
            Default = "",
            Example = "a1B2c3D4e5F6",
            Secret = true,
            BundledValue = "",
        },
        new("REDIS_TLS", "whether Redis is reached over TLS (false if unset)") { Default = "", Example = "true", BundledValue = "" },
    ];
}
