using System.Text.RegularExpressions;

namespace Fib.Bench.Web;

/// <summary>Reads the nginx configuration and the runtime settings of the services from a published bundle.</summary>
internal sealed partial class MeasuredBundle(string folder)
{
    /// <summary>The .NET runtime variables in the compose file; they are the same for all services.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; } =
    [
        .. Variable.Matches(File.ReadAllText(Path.Combine(folder, "docker-compose.yml")))
            .Select(match => KeyValuePair.Create(match.Groups[1].Value, match.Groups[2].Value)).Distinct(),
    ];

    /// <summary>The number of nginx worker processes.</summary>
    public string Workers { get; } =
        WorkerLine.Match(File.ReadAllText(Path.Combine(folder, "nginx", "nginx.conf"))).Groups[1].Value;

    /// <summary>Writes the nginx configuration to another folder, with other addresses and with the paths of that folder.</summary>
    /// <returns>The path of the main file.</returns>
    public string WriteNginx(string target, int port, IEnumerable<Uri> apis, Uri web)
    {
        File.WriteAllText(Path.Combine(target, "default.conf"), Read(
            "default.conf",
            ("listen 80 ", $"listen 127.0.0.1:{port} "),
            ("server api:5000;", string.Join(' ', apis.Select(api => $"server {api.Authority};"))),
            ("server client:3000;", $"server {web.Authority};")));
        File.WriteAllText(Path.Combine(target, "logs.conf"), Read("logs/stdout.conf"));
        var main = Path.Combine(target, "nginx.conf");
        File.WriteAllText(main, Read("nginx.conf", ("/tmp/", $"{target}/"), ("/etc/nginx/conf.d/", $"{target}/")));
        return main;
    }

    /// <summary>Reads a file of nginx and replaces texts, which it must contain.</summary>
    /// <exception cref="InvalidDataException">It does not: the bundle's form has changed.</exception>
    private string Read(string name, params ReadOnlySpan<(string Old, string New)> replacements)
    {
        var text = File.ReadAllText(Path.Combine(folder, "nginx", name));
        foreach (var (old, replacement) in replacements)
        {
            if (!text.Contains(old, StringComparison.Ordinal))
                throw new InvalidDataException($"nginx/{name} of the bundle does not contain '{old}'.");
            text = text.Replace(old, replacement, StringComparison.Ordinal);
        }

        return text;
    }

    [GeneratedRegex("""^ *(DOTNET_\w+|ASPNETCORE_FORWARDEDHEADERS_ENABLED): "(.*)"$""", RegexOptions.Multiline)]
    private static partial Regex Variable { get; }

    [GeneratedRegex("^worker_processes (.*);", RegexOptions.Multiline)]
    private static partial Regex WorkerLine { get; }
}
