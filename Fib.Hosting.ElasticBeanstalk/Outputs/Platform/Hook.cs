namespace Fib.Hosting.ElasticBeanstalk.Outputs.Platform;

/// <summary>A program that an instance runs as root during a deployment.</summary>
/// <param name="Path">The moment and its name: <c>predeploy/10_directories.sh</c>; within a moment they run by name.</param>
/// <param name="Text">The program.</param>
internal sealed record Hook(string Path, string Text);
