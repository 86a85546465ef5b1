using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>What a container runs instead of its image's entry point and command.</summary>
internal static class CommandReader
{
    public static async Task<(IReadOnlyList<string> Entrypoint, IReadOnlyList<Argument> Command)> ReadAsync(
        DeployedResource deployed, ValueReader values, DistributedApplicationExecutionContext mode, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (deployed.IsNginx)
            return NginxReader.OptionsOf(deployed).BuildsImage ? ([], []) : (["bash", $"{Outputs.Nginx.NginxRenderer.Directory}/start.sh"], []);
        if (deployed.Service.Command.Count > 0 || deployed.IsExisting)
            return ([], [.. deployed.Service.Command.Select(Argument.Literal)]);
        var entrypoint = (deployed.Resource as ContainerResource)?.Entrypoint;
        return (entrypoint is null ? [] : [entrypoint], await ReadArgumentsAsync(deployed.Resource, values, mode, problems, cancellationToken));
    }

    private static async Task<IReadOnlyList<Argument>> ReadArgumentsAsync(
        IResource resource, ValueReader values, DistributedApplicationExecutionContext mode, List<Problem> problems, CancellationToken cancellationToken)
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
            catch (NotSupportedException wrong)
            {
                problems.Add(new Problem(resource.Name, "argument", wrong.Message));
            }
        }
        return arguments;
    }
}
