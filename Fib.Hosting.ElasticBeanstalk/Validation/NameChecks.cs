using System.Text.RegularExpressions;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static partial class NameChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        if (bundle.Services.Count == 0)
            yield return new Problem(
                bundle.Application, "services",
                "there are none: the app model has neither a project nor a container to publish.");
        if (!IsLabel(bundle.Application))
            yield return new Problem(
                bundle.Application, "name",
                "the application's name must be lower-case letters, digits and hyphens, and start with a letter.");
        foreach (var service in bundle.Services)
        {
            if (!IsLabel(service.Name))
                yield return new Problem(
                    service.Resource, "name",
                    $"'{service.Name}' must be lower-case letters, digits and hyphens, and start with a letter.");
            if (!IsLabel(service.Hostname))
                yield return new Problem(
                    service.Resource, "host name",
                    $"'{service.Hostname}' must be lower-case letters, digits and hyphens, and start with a letter.");
        }
        var names = Duplicates(bundle, "name", service => service.Name);
        foreach (var problem in names.Concat(Duplicates(bundle, "host name", service => service.Hostname)))
            yield return problem;
    }

    private static IEnumerable<Problem> Duplicates(Bundle bundle, string concept, Func<BundleService, string> name) =>
        bundle.Services.GroupBy(name).Where(same => same.Count() > 1)
            .Select(same => new Problem(
                string.Join(", ", same.Select(service => service.Resource)), concept, $"'{same.Key}' is used more than once."));

    private static bool IsLabel(string text) => Label().IsMatch(text);

    [GeneratedRegex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?\\z")]
    private static partial Regex Label();
}
