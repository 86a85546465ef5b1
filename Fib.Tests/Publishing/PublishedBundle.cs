using Aspire.Hosting.Testing;
using Fib.Tests.Support;

namespace Fib.Tests.Publishing;

/// <summary>The output of the AppHost in a temporary directory.</summary>
internal sealed class PublishedBundle : IDisposable
{
    private readonly DirectoryInfo _directory = global::System.IO.Directory.CreateTempSubdirectory("published-");

    public string Directory => Path.Combine(_directory.FullName, "out");

    public IReadOnlyList<string> Files => [.. Golden.Files(Directory).Where(path => !path.EndsWith(".zip", StringComparison.Ordinal))];

    /// <summary>Runs the AppHost's publish step.</summary>
    /// <param name="settings">Settings of the environment's section, such as <c>Tag=1.0</c>.</param>
    public static async Task<PublishedBundle> PublishAsync(params IEnumerable<string> settings)
    {
        var bundle = new PublishedBundle();
        string[] arguments =
        [
            "--operation", "publish", "--step", "publish", "--output-path", bundle.Directory,
            .. settings.Select(setting => $"--Beanstalk:{setting}"),
        ];
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Fib_AppHost>(arguments);
        await using var app = await builder.BuildAsync();
        await app.RunAsync();
        // A failed pipeline sets the exit code of this process, which is that of the tests.
        Environment.ExitCode = 0;
        return bundle;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Directory, path));

    public bool Exists(string path) => File.Exists(Path.Combine(Directory, path));

    public void Dispose() => _directory.Delete(recursive: true);
}
