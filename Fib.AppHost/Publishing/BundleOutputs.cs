namespace Fib.AppHost.Publishing;

/// <summary>What a bundle is written for.</summary>
[Flags]
public enum BundleOutputs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The Docker platform of Elastic Beanstalk: docker-compose.yml and its zip.</summary>
    Compose = 1,

    /// <summary>The ECS-managed platform of Elastic Beanstalk: Dockerrun.aws.json, version 2.</summary>
    Dockerrun = 2,

    /// <summary>Plain ECS on instances: task definitions.</summary>
    Ec2 = 4,

    /// <summary>Plain ECS on Fargate: task definitions.</summary>
    Fargate = 8,

    /// <summary>Everything.</summary>
    All = Compose | Dockerrun | Ec2 | Fargate,
}
