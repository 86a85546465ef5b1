using System.IO.Compression;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>What Elastic Beanstalk's Docker platform takes as a source bundle (Developer Guide, "Create an application source bundle").</summary>
internal static class SourceBundle
{
    private const long MaxBytes = 512L * 1024 * 1024;

    /// <exception cref="DeploymentException">It is none; the message says why.</exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
            throw new DeploymentException($"there is no file {path}; a publish writes one.");
        if (new FileInfo(path).Length > MaxBytes)
            throw new DeploymentException($"{path} is larger than 512 MB, which Elastic Beanstalk refuses.");
        if (Find(path) is { } problem)
            throw new DeploymentException($"{path} {problem}");
    }

    private static string? Find(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            if (zip.GetEntry("docker-compose.yml") is null)
                return "has no docker-compose.yml at its top level.";
            return zip.Entries.Any(entry => entry.Name == ".env") ? "contains a .env: the platform would then write none from the environment properties." : null;
        }
        catch (InvalidDataException)
        {
            return "is no zip.";
        }
    }
}
