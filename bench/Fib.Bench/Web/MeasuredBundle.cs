using System.Text.RegularExpressions;

namespace Fib.Bench.Web;

/// <summary>Reads the nginx configuration and the runtime settings of the services from a published bundle.</summary>
internal sealed partial class MeasuredBundle(string folder)
{
    /// <summary>The service of each project. A bundle with nginx has no gateway, which would have the variables of the web.</summary>
    private static readonly Dictionary<string, string> Services = new()
    {
        ["Fib.Api"] = "server", ["Fib.Worker"] = "worker", ["Fib.Web"] = "client", ["Fib.Gateway"] = "client",
    };

    private readonly string _compose = File.ReadAllText(Path.Combine(folder, "docker-compose.yml"));

    /// <summary>The number of nginx worker processes.</summary>
    public string Workers { get; } =
        WorkerLine.Match(File.ReadAllText(Path.Combine(folder, "nginx", "nginx.conf"))).Groups[1].Value;

    /// <summary>The .NET runtime variables of a project in the compose file.</summary>
    public IEnumerable<KeyValuePair<string, string>> FindVariables(string project)
    {
        var service = Regex.Match(_compose, $"^  {Services[project]}:\n((?:    .*\n)+)", RegexOptions.Multiline);
        return service.Success
            ? Variable.Matches(service.Value).Select(match => KeyValuePair.Create(match.Groups[1].Value, match.Groups[2].Value))
            : throw new InvalidDataException($"docker-compose.yml of the bundle has no service '{Services[project]}'.");
    }

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
