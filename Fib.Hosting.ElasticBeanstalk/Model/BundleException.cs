namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>A bundle cannot be written. The message has one line for each problem.</summary>
internal sealed class BundleException : Exception
{
    public BundleException(IReadOnlyList<Problem> problems) : base(Write(problems)) => Problems = problems;

    public IReadOnlyList<Problem> Problems { get; }

    private static string Write(IReadOnlyList<Problem> problems) =>
        $"The bundle cannot be written:\n{string.Join('\n', problems.Select(problem => $"  {problem}"))}";
}
