namespace Aspire.Hosting.ApplicationModel;

internal sealed record ExecutionConfigurationResult(
    IReadOnlyList<(object Unprocessed, string Processed, bool IsSensitive)> AllArguments,
    IReadOnlyDictionary<string, (object Unprocessed, string Processed)> AllVariables,
    Exception? Exception) : IExecutionConfigurationResult
{
    public IEnumerable<object> References => AllArguments.Select(a => a.Unprocessed).Concat(AllVariables.Values.Select(v => v.Unprocessed)).Where(v => v is not string);

    public IEnumerable<(object Unprocessed, string Processed, bool IsSensitive)> ArgumentsWithUnprocessed => AllArguments;

    public IEnumerable<(string Value, bool IsSensitive)> Arguments => AllArguments.Select(a => (a.Processed, a.IsSensitive));

    public IEnumerable<KeyValuePair<string, (object Unprocessed, string Processed)>> EnvironmentVariablesWithUnprocessed => AllVariables;

    public IEnumerable<KeyValuePair<string, string>> EnvironmentVariables => AllVariables.Select(v => KeyValuePair.Create(v.Key, v.Value.Processed));
}
