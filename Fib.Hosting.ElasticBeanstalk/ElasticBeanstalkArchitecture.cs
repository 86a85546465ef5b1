namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>The processor architecture of the instances and tasks that run a bundle, and of its images.</summary>
public enum ElasticBeanstalkArchitecture
{
    /// <summary>64-bit x86, which AWS calls x86_64 and image registries amd64.</summary>
    X64,

    /// <summary>64-bit Arm, such as AWS Graviton.</summary>
    Arm64,
}
