namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>What an update changes in the option settings of an environment.</summary>
/// <param name="Settings">The new values as JSON; null for none.</param>
/// <param name="Removed">The removed options, each as <c>Namespace=...,OptionName=...</c>.</param>
internal sealed record OptionChanges(string? Settings, IReadOnlyList<string> Removed)
{
    public static OptionChanges None { get; } = new(null, []);

    public bool IsNone => Settings is null && Removed.Count == 0;
}
