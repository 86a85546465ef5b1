using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the files that the AppHost adds to the bundle.</summary>
internal static class BundleFiles
{
    public static IReadOnlyList<BundleFile> Read(ElasticBeanstalkEnvironmentResource environment, List<Problem> problems)
    {
        var files = new List<BundleFile>();
        foreach (var (path, source) in environment.BundleFiles)
        {
            var file = Path.GetFullPath(source, environment.Directory);
            if (!File.Exists(file))
                problems.Add(new Problem(environment.Name, "bundle file", $"'{source}' for {path} is not a file."));
            else if (path.Split('/').Any(part => part is "" or "." or "..") || path is ".env" or "docker-compose.yml")
                problems.Add(new Problem(
                    environment.Name, "bundle file",
                    $"'{path}' must be a relative path inside the bundle, and neither docker-compose.yml nor .env, which the " +
                    "publisher and the platform write."));
            else
                files.Add(
                    new BundleFile(path, File.ReadAllBytes(file)) { Executable = path.StartsWith(".platform/", StringComparison.Ordinal) });
        }
        return files;
    }
}
