namespace Fib.Rehearsal.Platform;

/// <summary>The two families of compose that Beanstalk's platforms have, and with each the way the platform writes its <c>.env</c>.</summary>
internal enum ComposeGeneration
{
    /// <summary>docker-compose 1.x (Amazon Linux 2 before July 2023): values as they are.</summary>
    One,

    /// <summary>Compose 2 and later, which expands variables in values: each <c>$</c> doubled, so that it stands for itself.</summary>
    Two,
}
