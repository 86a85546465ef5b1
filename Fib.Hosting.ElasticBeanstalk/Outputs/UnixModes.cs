namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>The rights of files in a bundle; the disk's play no part.</summary>
internal static class UnixModes
{
    /// <summary>0644.</summary>
    public const int Data = 0b110_100_100;

    /// <summary>0755.</summary>
    public const int Program = 0b111_101_101;
}
