namespace Aspire.Hosting.ApplicationModel;

/// <summary>The families of variables a reference adds.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>ConnectionStrings__name.</summary>
    ConnectionString = 1,

    /// <summary>NAME_HOST, NAME_PORT and the like.</summary>
    ConnectionProperties = 2,

    /// <summary>services__name__scheme__0.</summary>
    ServiceDiscovery = 4,

    /// <summary>NAME_HTTP and the like.</summary>
    Endpoints = 8,

    /// <summary>All of them.</summary>
    All = ConnectionString | ConnectionProperties | ServiceDiscovery | Endpoints,
}
