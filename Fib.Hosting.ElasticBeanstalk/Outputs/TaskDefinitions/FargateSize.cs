using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

/// <summary>A task size that Fargate supports: CPU units and MiB (Amazon ECS Developer Guide, "Task CPU and memory").</summary>
internal sealed record FargateSize(int Cpu, int Memory)
{
    /// <summary>The largest memory of these sizes, in MiB.</summary>
    private const int LargestMemory = 30_720;

    /// <summary>The largest memory of a container, in MiB.</summary>
    public const int MaxMemory = LargestMemory - TaskSettings.ProxyMiB;

    private static readonly IReadOnlyList<FargateSize> Sizes =
    [
        new(256, 512), new(256, 1024), new(256, 2048),
        .. Steps(512, 3072, 4096), .. Steps(1024, 5120, 8192), .. Steps(2048, 9216, 16_384), .. Steps(4096, 17_408, LargestMemory),
    ];

    /// <summary>The smallest size with at least this memory, in MiB.</summary>
    public static FargateSize For(int memory) => Sizes.First(size => size.Memory >= memory);

    private static IEnumerable<FargateSize> Steps(int cpu, int from, int to)
    {
        for (var memory = from; memory <= to; memory += 1024)
            yield return new FargateSize(cpu, memory);
    }
}
