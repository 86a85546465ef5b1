namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is mounted.</summary>
public enum ContainerMountType
{
    /// <summary>A folder of the machine.</summary>
    BindMount,

    /// <summary>A named volume.</summary>
    Volume,
}
