namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>The platforms that have rules in common.</summary>
internal static class TargetGroups
{
    extension(ElasticBeanstalkTargets targets)
    {
        /// <summary>Whether a platform of Elastic Beanstalk is among them.</summary>
        public bool HasBeanstalk => (targets & (ElasticBeanstalkTargets.Docker | ElasticBeanstalkTargets.EcsManaged)) != 0;

        /// <summary>Whether Amazon ECS without Elastic Beanstalk is among them.</summary>
        public bool HasPlainEcs => (targets & (ElasticBeanstalkTargets.Ec2 | ElasticBeanstalkTargets.Fargate)) != 0;
    }
}
