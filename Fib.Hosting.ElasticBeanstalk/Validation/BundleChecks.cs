using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Finds all problems of a bundle before it is written.</summary>
internal static class BundleChecks
{
    private static readonly Func<Bundle, IEnumerable<Problem>>[] All =
    [
        NameChecks.Find, ImageChecks.Find, PortChecks.Find, DependencyChecks.Find, VariableChecks.Find, MountChecks.Find,
        RouteChecks.Find, SettingChecks.Find, OutputChecks.Find, MemoryChecks.Find, ArchitectureChecks.Find, HardeningChecks.Find,
    ];

    public static IReadOnlyList<Problem> Find(Bundle bundle) => [.. All.SelectMany(check => check(bundle))];
}
