using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

namespace Fib.Tests.Publishing;

public sealed class ModelTests
{
    [Theory]
    [InlineData("128m", 128)]
    [InlineData("128M", 128)]
    [InlineData("256mb", 256)]
    [InlineData("2g", 2048)]
    public void TryParse_MemorySize_IsMebibytes(string text, int expected)
    {
        Assert.True(MemorySize.TryParse(text, out var size));
        Assert.Equal(expected, size.Value.MiB);
    }

    [Theory]
    [InlineData("")]
    [InlineData("128")]
    [InlineData("0m")]
    [InlineData("-1m")]
    [InlineData("1.5g")]
    [InlineData("128k")]
    [InlineData("99999999999m")]
    public void TryParse_InvalidMemorySize_Fails(string text) => Assert.False(MemorySize.TryParse(text, out _));

    [Theory]
    [InlineData("docker.io/library/redis:8.6", "docker.io/library/redis", "8.6", null)]
    [InlineData("localhost:5000/shop", "localhost:5000/shop", null, null)]
    [InlineData("localhost:5000/shop@sha256:00", "localhost:5000/shop", null, "sha256:00")]
    public void Parse_ImageReference_FindsItsParts(string text, string repository, string? tag, string? digest) =>
        Assert.Equal(new ImageReference(repository, tag, digest), ImageReference.Parse(text));

    [Theory]
    [InlineData(128, 256, 512)]
    [InlineData(513, 256, 1024)]
    [InlineData(2049, 512, 3072)]
    [InlineData(30_720, 4096, 30_720)]
    public void For_Memory_IsTheSmallestSufficientSize(int memory, int cpu, int expected) =>
        Assert.Equal(new FargateSize(cpu, expected), FargateSize.For(memory));
}
