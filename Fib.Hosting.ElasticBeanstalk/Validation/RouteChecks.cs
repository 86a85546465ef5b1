using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static class RouteChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        if (bundle.Router is not { } router)
            yield break;
        var resource = bundle.Find(router.Service)?.Resource ?? router.Service;
        foreach (var (route, position) in router.Routes.Select((route, position) => (route, position)))
        {
            if (!router.Upstreams.ContainsKey(route.Service))
                yield return new Problem(
                    resource, "route",
                    $"the destination '{route.Service}' of '{route.Name}' is not a service of the bundle with a port.");
            if (!NginxRouter.IsBelow(route.Prefix, route.PathRemovePrefix))
                yield return new Problem(
                    resource, "route",
                    $"'{route.Name}' removes '{route.PathRemovePrefix}', which is not a prefix of '{route.Prefix}'.");
            if (router.Routes.Take(position).FirstOrDefault(earlier => NginxRouter.IsBelow(route.Prefix, earlier.Prefix)) is { } before)
                yield return new Problem(
                    resource, "route",
                    $"'{route.Name}' never matches: '{before.Name}' before it matches the same paths.");
            if (!IsPath(route.Prefix))
                yield return new Problem(
                    resource, "route",
                    $"the prefix '{route.Prefix}' of '{route.Name}' must be an absolute path of letters, digits and - . _ ~ /.");
        }
        foreach (var path in Paths(router.Options).Where(path => !IsPath(path)))
            yield return new Problem(resource, "route", $"'{path}' must be an absolute path of letters, digits and - . _ ~ /.");
    }

    private static IEnumerable<string> Paths(NginxOptions options) =>
        [.. options.BlockedPaths, options.AlivePath, options.ProblemDetailsPath ?? "/"];

    private static bool IsPath(string path) =>
        path.StartsWith('/') && path.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~' or '/');
}
