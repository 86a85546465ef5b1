namespace Fib.LocalSystem.Services;

/// <summary>Finds what was built.</summary>
internal static class BuiltProgram
{
    /// <summary>A service's program: built beside the running one, in the same configuration.</summary>
    /// <param name="project">Such as <c>Fib.Api</c>.</param>
    public static string Find(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(output.Parent!.Parent!.FullName, project, output.Name, $"{project}.dll");
    }
}
