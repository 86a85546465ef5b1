using System.Reflection;
using Fib.AppHost;
using Fib.LocalSystem.Services;
using Fib.Tests.Deployment;
using Fib.Tests.Publishing;

namespace Fib.Tests.Support;

/// <summary>
/// Aspire's orchestrator starts a project with <c>dotnet run --no-build</c>, which loads MSBuild to find the program. In the systems
/// of the tests, a script of that name starts the program itself: that halves the processor time of a start.
/// </summary>
internal static class DirectStart
{
    private static readonly Lazy<string> Orchestrator = new(WriteOrchestrator);

    /// <summary>The AppHost's arguments.</summary>
    public static string[] Arguments => OperatingSystem.IsWindows() ? [] : [$"--DcpPublisher:CliPath={Orchestrator.Value}"];

    /// <summary>Writes an orchestrator that finds the script before the real <c>dotnet</c>.</summary>
    private static string WriteOrchestrator()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "start")).FullName;
        var program = BuiltProgram.Find("$name")[..^".dll".Length];
        DeployScript.WriteProgram(
            Path.Combine(folder, "dotnet"),
            $$"""
            if [ "$1 $2 $4" = 'run --project --no-build' ]; then
                name=${3##*/} name=${name%.csproj}
                while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done
                exec "{{program}}" "${@:2}"
            fi
            exec '{{SampleHost.DotNet}}' "$@"
            """);
        var metadata = typeof(ResourceNames).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();
        var real = metadata.Single(one => one.Key == "dcpclipath").Value;
        var orchestrator = Path.Combine(folder, "dcp");
        DeployScript.WriteProgram(orchestrator, $"PATH='{folder}':$PATH exec '{real}' \"$@\"");
        return orchestrator;
    }
}
