using System.Text.RegularExpressions;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static partial class VariableChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle) =>
        [.. bundle.Services.SelectMany(FindInService), .. bundle.Properties
            .SelectMany(property => FindInProperty(bundle, property)), .. FindConflicts(bundle)];

    private static IEnumerable<Problem> FindInService(BundleService service)
    {
        foreach (var variable in service.Environment)
        {
            if (!VariableName().IsMatch(variable.Name))
                yield return new Problem(
                    service.Resource, "environment variable",
                    $"'{variable.Name}' must be letters, digits and - . _, and not start with a digit.");
            if (variable.Text is { Length: > 0 } && SecretName().IsMatch(variable.Name))
                yield return Problem.Warning(
                    service.Resource, "environment variable",
                    $"{variable.Name} looks like a secret and its value is in the bundle: make it a parameter with secret: true.");
        }
        foreach (var same in service.Environment.GroupBy(variable => variable.Name).Where(same => same.Count() > 1))
            yield return new Problem(service.Resource, "environment variable", $"{same.Key} is set more than once.");
    }

    private static IEnumerable<Problem> FindInProperty(Bundle bundle, EnvironmentProperty property)
    {
        var resource = bundle.Services.FirstOrDefault(service => service.Properties.Contains(property))?.Resource ?? bundle.Application;
        if (property.Name.Length > EnvironmentProperty.MaxNameLength || !PropertyName().IsMatch(property.Name))
            yield return new Problem(
                resource, "environment property",
                $"'{property.Name}' must be up to {EnvironmentProperty.MaxNameLength} letters, digits and '_', and not start with a " +
                "digit.");
        if (!Description().IsMatch(property.Description))
            yield return new Problem(
                resource, "environment property",
                $"the description of {property.Name} must be one line of text without '$', '{{', '}}', '\\', '|' and '\"'.");
        if (property.Default is { } value && (value.Length > EnvironmentProperty.MaxValueLength || !PropertyValue().IsMatch(value)))
            yield return new Problem(
                resource, "environment property",
                $"the default of {property.Name} must be up to {EnvironmentProperty.MaxValueLength} characters of those that Elastic " +
                "Beanstalk documents: letters, digits, spaces and _ . : / = + - @.");
        if (property is { Secret: true, Default.Length: > 0 })
            yield return new Problem(
                resource, "environment property",
                $"{property.Name} is a secret and has a default: leave it out, so that it is not in the bundle.");
    }

    private static IEnumerable<Problem> FindConflicts(Bundle bundle) =>
        bundle.Properties.GroupBy(property => property.Name).Where(same => same.Count() > 1).Select(same => new Problem(
            string.Join(", ", bundle.Services.Where(service => service.Properties.Any(property => property.Name == same.Key))
                .Select(service => service.Resource)),
            "environment property",
            $"{same.Key} has more than one definition."));

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]*\\z")]
    private static partial Regex VariableName();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z")]
    private static partial Regex PropertyName();

    [GeneratedRegex("^[^" + EnvironmentProperty.InterpretedCharacters + "]+\\z")]
    private static partial Regex Description();

    [GeneratedRegex("^[A-Za-z0-9 _.:/=+@-]*\\z")]
    private static partial Regex PropertyValue();

    [GeneratedRegex("PASSWORD|PASSWD|SECRET|TOKEN|APIKEY|API_KEY|ACCESS_KEY|PRIVATE_KEY", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
