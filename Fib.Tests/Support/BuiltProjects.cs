using Fib.LocalSystem.Services;
using Fib.Tests.Deployment;
using Fib.Tests.Publishing;

namespace Fib.Tests.Support;

/// <summary>
/// Aspire starts a project with <c>dotnet run --no-build</c>, which loads MSBuild to find the program. In a system of the tests, a
/// script of the same name starts the program itself: that halves the processor time of a start.
/// </summary>
internal static class BuiltProjects
{
    private static readonly Lock Lock = new();

    private static bool _areStartedDirectly;

    /// <summary>Applies to all systems that this process starts from now on.</summary>
    public static void StartDirectly()
    {
        lock (Lock)
        {
            if (_areStartedDirectly || OperatingSystem.IsWindows())
                return;
            var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "start"));
            var program = BuiltProgram.Find("$name");
            DeployScript.WriteProgram(
                Path.Combine(folder.FullName, "dotnet"),
                $$"""
                if [ "$1 $2 $4" = 'run --project --no-build' ]; then
                    name=${3##*/} name=${name%.csproj}
                    while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done
                    exec "{{program[..^".dll".Length]}}" "${@:2}"
                fi
                exec '{{SampleHost.DotNet}}' "$@"
                """);
            Environment.SetEnvironmentVariable("PATH", $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}");
            _areStartedDirectly = true;
        }
    }
}
