using System.Text.RegularExpressions;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static partial class ImageChecks
{
    /// <summary>The limit of Elastic Beanstalk's CreateApplicationVersion.</summary>
    private const int MaxLabelLength = 100;

    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        if (!Tag().IsMatch(bundle.Tag) || bundle.Tag == "latest")
            yield return new Problem(
                bundle.Application, "tag",
                $"'{bundle.Tag}' must be a version: letters, digits, '.', '_' and '-', and not 'latest'.");
        if (bundle.Tag.Length > MaxLabelLength)
            yield return new Problem(
                bundle.Application, "tag", $"'{bundle.Tag}' is longer than the {MaxLabelLength} characters of a version label.");
        foreach (var service in bundle.Services)
        {
            var image = service.Image;
            if (image is { Digest: null, Tag: null or "latest" })
                yield return Problem.Warning(
                    service.Resource, "image",
                    $"'{image}' may differ between instances: give it a tag other than 'latest', or a digest " +
                    $"(--{bundle.Section}:Services:{service.Name}:Digest sha256:...).");
            else if (image is { Digest: null, Tag: { } imageTag } && !Tag().IsMatch(imageTag))
                yield return new Problem(service.Resource, "image", $"'{image.Tag}' must be a tag: letters, digits, '.', '_' and '-'.");
            if (image.Digest is not null && !Digest().IsMatch(image.Digest))
                yield return new Problem(
                    service.Resource, "image",
                    $"'{image.Digest}' must be a digest: sha256: and 64 hexadecimal digits.");
            if (!Repository().IsMatch(image.Repository))
                yield return new Problem(
                    service.Resource, "image",
                    $"'{image.Repository}' must be a repository such as 123456789012.dkr.ecr.us-east-1.amazonaws.com/{service.Name}: " +
                    "in lower case and without a scheme.");
            if (service.Memory.MiB < MemorySize.MinMiB)
                yield return new Problem(
                    service.Resource, "memory limit",
                    $"{service.Memory} is less than the {MemorySize.MinMiB}m that Docker needs.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\\z")]
    private static partial Regex Tag();

    [GeneratedRegex("^sha256:[0-9a-f]{64}\\z")]
    private static partial Regex Digest();

    [GeneratedRegex("^([A-Za-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*\\z")]
    private static partial Regex Repository();
}
