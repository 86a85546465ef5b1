using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

/// <summary>The files apart from the routes: templates in which placeholders such as <c>@port@</c> are replaced.</summary>
internal sealed class NginxFiles(NginxRouter router, int port)
{
    private static readonly string Prefix = $"{typeof(NginxFiles).Namespace}.Templates.";

    private readonly IReadOnlyList<(string Name, string Value)> _values =
    [
        ("@access-logs@", NginxContainer.LogDirectory),
        ("@alive@", router.Options.AlivePath),
        ("@base@", router.BaseImage),
        ("@directory@", NginxContainer.Directory),
        ("@health-logs@", NginxContainer.HealthLogDirectory),
        ("@keep-alive@", string.Create(CultureInfo.InvariantCulture, $"{(int)router.Options.KeepAlive.TotalSeconds}s")),
        ("@port@", port.ToString(CultureInfo.InvariantCulture)),
        ("@upstreams@", string.Join(
            ' ', router.Upstreams.Values.Select(upstream => upstream.Host).Distinct().Order(StringComparer.Ordinal))),
        ("@user@", NginxContainer.User.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>The text of a template with its values.</summary>
    public string Read(string name)
    {
        using var template = new StreamReader(typeof(NginxFiles).Assembly.GetManifestResourceStream(Prefix + name)!);
        return _values.Aggregate(template.ReadToEnd(), (text, value) => text.Replace(value.Name, value.Value, StringComparison.Ordinal));
    }
}
