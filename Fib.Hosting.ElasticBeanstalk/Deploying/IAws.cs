namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Calls of AWS services.</summary>
internal interface IAws
{
    /// <summary>Calls an operation.</summary>
    /// <param name="arguments">Service, operation and options, as the <c>aws</c> program takes them.</param>
    /// <param name="input">What an argument <see cref="AwsCalls.Input"/> stands for: a secret is never an argument itself; null for nothing.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What it answers, without the last line's end.</returns>
    /// <exception cref="DeploymentException">It was refused; the message is AWS's own, in one line.</exception>
    Task<string> CallAsync(IEnumerable<string> arguments, string? input, CancellationToken cancellationToken);
}

internal static class AwsCalls
{
    /// <summary>The argument that stands for the input.</summary>
    public const string Input = "file://input";

    public static Task<string> CallAsync(this IAws aws, CancellationToken cancellationToken, params IEnumerable<string> arguments) => aws.CallAsync(arguments, null, cancellationToken);
}
