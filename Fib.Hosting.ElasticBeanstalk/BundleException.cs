using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>A bundle cannot be written. The message has one line for each problem.</summary>
public sealed class BundleException : Exception
{
    internal BundleException(IReadOnlyList<Problem> problems) : base(Write(problems)) => Problems = problems;

    internal IReadOnlyList<Problem> Problems { get; }

    private static string Write(IReadOnlyList<Problem> problems) =>
        $"The bundle cannot be written:\n{string.Join('\n', problems.Select(problem => $"  {problem}"))}";
}
