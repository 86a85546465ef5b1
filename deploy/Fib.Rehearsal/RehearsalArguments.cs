using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal;

/// <summary>The command-line arguments.</summary>
/// <param name="Bundle">The full path of the bundle's zip.</param>
/// <param name="Properties">A file of environment properties that are added to those of the stores; null for none.</param>
/// <param name="Keep">Whether the containers stay up until Ctrl-C.</param>
/// <param name="WithoutLoad">Whether to skip the load checks, which take most of the time.</param>
/// <param name="OnlyMissingImages">Whether to only list the bundle's images that the engine does not have.</param>
internal sealed record RehearsalArguments(string Bundle, string? Properties, bool Keep, bool WithoutLoad, bool OnlyMissingImages)
{
    /// <summary>Parses the arguments.</summary>
    /// <exception cref="WrongUsageException">
    /// An option is unknown or lacks its value, a file does not exist, or the number of bundles is not one.
    /// </exception>
    public static RehearsalArguments Read(string[] arguments)
    {
        var read = new RehearsalArguments("", null, false, false, false);
        for (var position = 0; position < arguments.Length; position++)
        {
            read = arguments[position] switch
            {
                "--keep" => read with { Keep = true },
                "--no-load" => read with { WithoutLoad = true },
                "--missing-images" => read with { OnlyMissingImages = true },
                "--properties" when position + 1 < arguments.Length => read with { Properties = Existing(arguments[++position]) },
                ['-', ..] option => throw new WrongUsageException($"the option '{option}' is unknown or lacks its value"),
                var bundle when read.Bundle.Length == 0 => read with { Bundle = Existing(bundle) },
                var other => throw new WrongUsageException($"only one bundle is accepted; '{other}' is a second one"),
            };
        }

        return read.Bundle.Length > 0 ? read : throw new WrongUsageException("Usage: rehearse BUNDLE.zip");
    }

    private static string Existing(string file) =>
        File.Exists(file) ? Path.GetFullPath(file) : throw new WrongUsageException($"the file '{file}' does not exist");
}
