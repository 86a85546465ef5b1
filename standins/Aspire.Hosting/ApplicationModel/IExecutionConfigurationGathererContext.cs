namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the sources add to.</summary>
public interface IExecutionConfigurationGathererContext
{
    /// <summary>The arguments: strings, or values evaluated later.</summary>
    List<object> Arguments { get; }

    /// <summary>The variables: strings, or values evaluated later.</summary>
    Dictionary<string, object> EnvironmentVariables { get; }
}
