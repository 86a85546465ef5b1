namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource is started or published with: values in run mode, symbolic forms in publish mode.</summary>
public interface IExecutionConfigurationResult
{
    /// <summary>The values and resources it is made of.</summary>
    IEnumerable<object> References { get; }

    /// <summary>The arguments before and after evaluation, and whether they are secret.</summary>
    IEnumerable<(object Unprocessed, string Processed, bool IsSensitive)> ArgumentsWithUnprocessed { get; }

    /// <summary>The arguments, and whether they are secret.</summary>
    IEnumerable<(string Value, bool IsSensitive)> Arguments { get; }

    /// <summary>The variables before and after evaluation.</summary>
    IEnumerable<KeyValuePair<string, (object Unprocessed, string Processed)>> EnvironmentVariablesWithUnprocessed { get; }

    /// <summary>The variables.</summary>
    IEnumerable<KeyValuePair<string, string>> EnvironmentVariables { get; }

    /// <summary>Why values could not be evaluated, if any.</summary>
    Exception? Exception { get; }
}
