namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where images are pushed.</summary>
public interface IContainerRegistry
{
    /// <summary>The registry's name.</summary>
    ReferenceExpression Name { get; }

    /// <summary>The host images are pushed to.</summary>
    ReferenceExpression Endpoint { get; }

    /// <summary>The repository below the host.</summary>
    ReferenceExpression? Repository => null;
}
