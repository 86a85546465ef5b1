using Fib.LocalSystem.Processes;
using Fib.Worker.Terms;

namespace Fib.Tests.Unit.Worker.Terms;

public sealed class MemoryLimitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("fib-memory-");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("memory.max", "134217728\n", 134217728L)]
    [InlineData("memory.max", "max\n", 2097152L * 1024)]
    [InlineData("memory/memory.limit_in_bytes", "268435456\n", 268435456L)]
    [InlineData("memory/memory.limit_in_bytes", "9223372036854771712\n", 2097152L * 1024)]
    [InlineData("other", "1", 2097152L * 1024)]
    public void Read_ContainerAndMachine_ReturnsTheLowerLimit(string file, string text, long expected)
    {
        var machine = Write("meminfo", "MemTotal:        2097152 kB\nMemFree:          100000 kB\n");
        Write(file, text);
        Assert.Equal(expected, MemoryLimit.Read(_folder.Path, machine));
    }

    [Fact]
    public void Read_NoFile_ReturnsNull() =>
        Assert.Null(MemoryLimit.Read(_folder.Path, Path.Combine(_folder.Path, "none")));

    private string Write(string file, string text)
    {
        var path = Path.Combine(_folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
