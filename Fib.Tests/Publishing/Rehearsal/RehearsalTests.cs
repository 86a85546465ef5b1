using System.Globalization;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Publishing.Rehearsal;

/// <summary>Publishes the current sources, builds their images, and runs them as Elastic Beanstalk does.</summary>
[Trait("Category", "Containers")]
[Collection(nameof(ContainerTests))]
public sealed class RehearsalTests(ITestOutputHelper output) : IDisposable
{
    private const string Tag = "under-test";
    private static readonly string Root = FindRoot();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-published-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_published_bundle_passes_its_rehearsal()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The rehearsal needs root.");
        Assert.SkipUnless(await ContainerEngine.AnswersAsync(), ContainerEngine.WhyMissing);
        var bundle = _directory.FullName;

        await FibAsync("publish", "--output", bundle, "--registry", "fib-rehearsal", "--tag", Tag);
        await FibAsync("images", "--bundle", bundle, "--registry", "fib-rehearsal", "--tag", Tag, "--offline");
        await FibAsync("rehearse", Path.Combine(bundle, $"fib-{Tag}.zip"));
    }

    private async Task FibAsync(params string[] arguments)
    {
        var result = await new Command(Path.Combine(Root, "fib"), arguments).TryRunAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"./fib {string.Join(' ', arguments)}\n{result.Text}"));
        Assert.True(result.ExitCode == 0, $"./fib {arguments[0]} ended with {result.ExitCode}:\n{result.Text}");
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "fib")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No parent directory of the tests contains ./fib.");
        return directory.FullName;
    }
}
