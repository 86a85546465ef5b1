using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the entry point and command that replace those of the image.</summary>
internal static class CommandReader
{
    public static async Task<(IReadOnlyList<string> Entrypoint, IReadOnlyList<Argument> Command)> ReadAsync(
        DeployedResource deployed, ValueReader values, DistributedApplicationExecutionContext mode, List<Problem> problems,
        CancellationToken cancellationToken)
    {
        if (deployed.IsNginx)
            return NginxReader.OptionsOf(deployed).BuildImage
                ? ([], [])
                : (["bash", $"{NginxContainer.Directory}/start.sh"], []);
        if (deployed.Service.Command.Count > 0 || deployed.IsExisting)
            return ([], [.. deployed.Service.Command.Select(Argument.Literal)]);
        var entrypoint = (deployed.Resource as ContainerResource)?.Entrypoint;
        var arguments = await ReadArgumentsAsync(deployed.Resource, values, mode, problems, cancellationToken);
        return (entrypoint is null ? [] : [entrypoint], arguments);
    }

    private static async Task<IReadOnlyList<Argument>> ReadArgumentsAsync(
        IResource resource, ValueReader values, DistributedApplicationExecutionContext mode, List<Problem> problems,
        CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = mode };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await annotation.Callback(context);
        var arguments = new List<Argument>();
        foreach (var value in context.Args)
        {
            try
            {
                arguments.Add(new Argument(values.Read(value)));
            }
            catch (NotSupportedException exception)
            {
                problems.Add(new Problem(resource.Name, "argument", exception.Message));
            }
        }
        return arguments;
    }
}
