namespace Fib.LocalSystem.Services;

/// <summary>Finds the built programs.</summary>
internal static class BuiltProgram
{
    /// <summary>
    /// The path of a project's program, built in the same configuration as the running one; a published program may be native.
    /// </summary>
    /// <param name="project">Such as <c>Fib.Api</c>.</param>
    /// <param name="published">The folder of published programs to use instead; null for none.</param>
    public static string Find(string project, string? published = null)
    {
        if (published is not null && Path.Combine(published, project, project) is var program)
            return File.Exists(program) ? program : $"{program}.dll";
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(output.Parent!.Parent!.FullName, project, output.Name, $"{project}.dll");
    }
}
