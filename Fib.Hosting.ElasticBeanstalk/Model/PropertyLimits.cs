namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>What Elastic Beanstalk documents of environment properties (Developer Guide, "Environment properties and other software settings").</summary>
internal static class PropertyLimits
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 128;

    /// <summary>Characters of a value.</summary>
    public const int LongestValue = 256;
}
