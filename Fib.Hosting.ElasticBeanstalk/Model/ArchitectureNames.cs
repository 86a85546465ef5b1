namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>The names of an architecture in other systems.</summary>
internal static class ArchitectureNames
{
    extension(ElasticBeanstalkArchitecture architecture)
    {
        /// <summary>The name in an image's platform, after <c>linux/</c> (OCI Image Specification, "Platform").</summary>
        public string OciName => architecture == ElasticBeanstalkArchitecture.Arm64 ? "arm64" : "amd64";

        /// <summary>The name in EC2 and in Beanstalk's option SupportedArchitectures.</summary>
        public string Ec2Name => architecture == ElasticBeanstalkArchitecture.Arm64 ? "arm64" : "x86_64";

        /// <summary>The name in a task definition's runtimePlatform.</summary>
        public string EcsName => architecture == ElasticBeanstalkArchitecture.Arm64 ? "ARM64" : "X86_64";
    }
}
