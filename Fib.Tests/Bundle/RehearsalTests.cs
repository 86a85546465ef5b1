using System.Globalization;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Rehearsals;

/// <summary>What is here now, published, built into images, and run as Elastic Beanstalk runs it.</summary>
[Trait("Category", "Containers")]
[Collection(nameof(Alone))]
public sealed class RehearsalTests(ITestOutputHelper output) : IDisposable
{
    private const string Tag = "under-test";
    private static readonly string Root = FindRoot();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-published-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_published_bundle_passes_its_rehearsal()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can do what an instance does.");
        Assert.SkipUnless(await ContainerEngine.AnswersAsync(), ContainerEngine.WhyMissing);
        var bundle = _directory.FullName;

        await FibAsync("publish", "--output", bundle, "--registry", "fib-rehearsal", "--tag", Tag);
        await FibAsync("images", "--bundle", bundle, "--registry", "fib-rehearsal", "--tag", Tag, "--offline");
        await FibAsync("rehearse", Path.Combine(bundle, $"fib-{Tag}.zip"));
    }

    private async Task FibAsync(params string[] arguments)
    {
        var ended = await new Command(Path.Combine(Root, "fib"), arguments).TryRunAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"./fib {string.Join(' ', arguments)}\n{ended.Text}"));
        Assert.True(ended.ExitCode == 0, $"./fib {arguments[0]} ended with {ended.ExitCode}:\n{ended.Text}");
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "fib")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("There is no ./fib above the tests.");
        return directory.FullName;
    }
}
