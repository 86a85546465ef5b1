using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Marks the properties that a URI contains, in all their uses.</summary>
internal static class UriSafety
{
    public static BundleService Mark(BundleService service, IReadOnlySet<string> uriSafe) => service with
    {
        Environment = [.. service.Environment.Select(variable => variable with { Parts = Mark(variable.Parts, uriSafe) })],
        Command = [.. service.Command.Select(argument => argument with { Parts = Mark(argument.Parts, uriSafe) })],
    };

    private static IReadOnlyList<ValuePart> Mark(IReadOnlyList<ValuePart> parts, IReadOnlySet<string> uriSafe) =>
        [.. parts.Select(part => part is PropertyPart { Property: var property } && uriSafe.Contains(property.Name)
            ? new PropertyPart(property with { UriSafe = true })
            : part)];
}
