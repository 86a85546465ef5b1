using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

/// <summary>Where a task definition, which knows no placeholders, takes a variable's value from.</summary>
internal static class TaskValues
{
    /// <summary>The value itself: text, or the default of a property; null where a parameter must say it.</summary>
    public static string? Literal(Bundle bundle, Variable variable) => variable.Text ?? (IsParameter(bundle, variable) ? null : variable.Property?.Default);

    /// <summary>The parameter of Systems Manager that holds it.</summary>
    public static string Parameter(Bundle bundle, Variable variable) => $"/{bundle.Application}/{variable.Property!.Name}";

    private static bool IsParameter(Bundle bundle, Variable variable) => variable.Property is { } property && bundle.Tasks.Parameters.Contains(property.Name);
}
