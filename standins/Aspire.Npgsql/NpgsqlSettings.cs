namespace Aspire.Npgsql;

/// <summary>How <c>AddNpgsqlDataSource</c> sets up its data source; read from the configuration section <c>Aspire:Npgsql</c>.</summary>
public class NpgsqlSettings
{
    /// <summary>The connection string; <c>ConnectionStrings:{connectionName}</c> wins over the section.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the health check <c>PostgreSql</c> is left out.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether the data source's traces are left out.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether the data source's metrics are left out.</summary>
    public bool DisableMetrics { get; set; }
}
