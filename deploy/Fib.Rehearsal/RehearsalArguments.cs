namespace Fib.Rehearsal;

/// <summary>The command line.</summary>
/// <param name="Bundle">The zip.</param>
/// <param name="Properties">A file of environment properties on top of those of the stores, or null for none.</param>
/// <param name="Keep">Whether the containers stay up until Ctrl-C.</param>
/// <param name="WithoutLoad">Whether to leave out the load, which takes most of the time.</param>
/// <param name="OnlyMissingImages">Whether to list the images that the engine lacks, and do nothing else.</param>
internal sealed record RehearsalArguments(string Bundle, string? Properties, bool Keep, bool WithoutLoad, bool OnlyMissingImages)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One is unknown, or the zip is missing.</exception>
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
                ['-', ..] unknown => throw new ArgumentException($"there is no option '{unknown}', or its value is missing"),
                var bundle when read.Bundle.Length == 0 => read with { Bundle = Existing(bundle) },
                var second => throw new ArgumentException($"one bundle is enough: '{second}'"),
            };
        }

        return read.Bundle.Length > 0 ? read : throw new ArgumentException("which bundle? Its zip is the argument.");
    }

    private static string Existing(string file) => File.Exists(file) ? Path.GetFullPath(file) : throw new ArgumentException($"there is no file '{file}'");
}
