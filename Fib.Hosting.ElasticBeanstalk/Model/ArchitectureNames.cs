namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>What others call an architecture.</summary>
internal static class ArchitectureNames
{
    extension(ElasticBeanstalkArchitecture architecture)
    {
        /// <summary>In an image, after <c>linux/</c> (OCI Image Specification, "Platform").</summary>
        public string InImages => architecture == ElasticBeanstalkArchitecture.Arm64 ? "arm64" : "amd64";

        /// <summary>In EC2, and in Beanstalk's option SupportedArchitectures.</summary>
        public string InEc2 => architecture == ElasticBeanstalkArchitecture.Arm64 ? "arm64" : "x86_64";

        /// <summary>In a task definition's runtimePlatform.</summary>
        public string InEcs => architecture == ElasticBeanstalkArchitecture.Arm64 ? "ARM64" : "X86_64";
    }
}
