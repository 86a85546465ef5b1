using System.IO.Compression;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>
/// Checks that Elastic Beanstalk's Docker platform accepts a source bundle (Developer Guide, "Create an application source bundle").
/// </summary>
internal static class SourceBundle
{
    private const long MaxBytes = 512L * 1024 * 1024;

    /// <exception cref="DeploymentException">It is not a source bundle; the message has the reason.</exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
            throw new DeploymentException($"there is no file {path}; publish writes it for the target Docker.");
        if (new FileInfo(path).Length > MaxBytes)
            throw new DeploymentException($"{path} is larger than 512 MB, the limit of Elastic Beanstalk.");
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
            return zip.GetEntry(".env") is not null
                ? "contains a .env at its top level: the platform would then not write one from the environment properties."
                : null;
        }
        catch (InvalidDataException)
        {
            return "is not a zip file.";
        }
    }
}
