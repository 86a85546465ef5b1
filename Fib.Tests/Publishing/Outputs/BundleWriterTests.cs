using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Writing;

namespace Fib.Tests.Publishing.Outputs;

public sealed class BundleWriterTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bundle-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Write_OverAnotherBundle_RemovesOnlyItsFiles()
    {
        var other = Path.Combine(_directory.FullName, "notes.txt");
        await File.WriteAllTextAsync(other, "mine");
        await WriteAsync("0.9", new BundleFile(".platform/hooks/prebuild/login.sh", "") { Executable = true });
        await WriteAsync("1.0", new BundleFile("docker-compose.yml", ""));
        Assert.Equal([".bundle-files", "docker-compose.yml", "ecs-managed/store-1.0-ecs.zip", "notes.txt", "store-1.0.zip"], Files());
    }

    [Fact]
    public async Task Write_ListWithPathOutside_DoesNotRemoveIt()
    {
        var outside = Path.Combine(_directory.FullName, "keep");
        var output = Path.Combine(_directory.FullName, "out");
        Directory.CreateDirectory(output);
        await File.WriteAllTextAsync(outside, "");
        await File.WriteAllTextAsync(Path.Combine(output, BundleWriter.FileList), "../keep\n");
        await BundleWriter.WriteAsync(Samples.Valid, [], output, CancellationToken.None);
        Assert.True(File.Exists(outside));
    }

    [Fact]
    public async Task Write_Executable_IsExecutableOnDisk()
    {
        if (OperatingSystem.IsWindows())
            return;
        await WriteAsync("1.0", new BundleFile("hook.sh", "") { Executable = true });
        Assert.True(File.GetUnixFileMode(Path.Combine(_directory.FullName, "hook.sh")).HasFlag(UnixFileMode.OtherExecute));
    }

    private Task<IReadOnlyList<string>> WriteAsync(string tag, BundleFile file) =>
        BundleWriter.WriteAsync(Samples.Valid with { Tag = tag }, [file], _directory.FullName, CancellationToken.None);

    private IEnumerable<string> Files() =>
        _directory.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_directory.FullName, file.FullName)).Order(StringComparer.Ordinal);
}
