namespace Aspire.Hosting.ApplicationModel;

/// <summary>What adding an annotation does to those of its type.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>Keeps them.</summary>
    Append,

    /// <summary>Removes them.</summary>
    Replace,
}
