namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>The platforms that a bundle is written for.</summary>
[Flags]
public enum ElasticBeanstalkTargets
{
    /// <summary>No platform.</summary>
    None = 0,

    /// <summary>The Docker platform of Elastic Beanstalk: docker-compose.yml and its zip.</summary>
    Docker = 1,

    /// <summary>The ECS-managed platform of Elastic Beanstalk: Dockerrun.aws.json, version 2, and its zip.</summary>
    EcsManaged = 2,

    /// <summary>Amazon ECS on instances: task definitions.</summary>
    Ec2 = 4,

    /// <summary>Amazon ECS on Fargate: task definitions.</summary>
    Fargate = 8,

    /// <summary>All of them.</summary>
    All = Docker | EcsManaged | Ec2 | Fargate,
}
