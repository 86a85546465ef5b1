using System.Globalization;

namespace Fib.Chaos;

/// <summary>The command line.</summary>
/// <param name="Seconds">How long parts are killed and stopped, 5 to 86,400.</param>
/// <param name="Seed">Determines what happens to which part when and for how long, 0 or more.</param>
/// <param name="Apis">How many apis are behind the gateway, 1 to 8.</param>
/// <param name="Workers">How many workers share the work, 1 to 8.</param>
/// <param name="Logs">The folder that keeps what the parts wrote, or null to keep nothing.</param>
/// <param name="Outsider">Whether somebody else gives Redis commands on the system's keys.</param>
internal sealed record ChaosArguments(int Seconds, int Seed, int Apis, int Workers, string? Logs = null, bool Outsider = false)
{
    private const int DefaultSeconds = 180;
    private const int DefaultReplicas = 2;
    private const int MostReplicas = 8;
    private const string OutsiderName = "--outsider";

    /// <summary>The command line that says the same, but for the logs.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"--seconds {Seconds} --seed {Seed} --apis {Apis} --workers {Workers}{(Outsider ? $" {OutsiderName}" : "")}");

    /// <summary>Reads the arguments; without a seed there is a new one.</summary>
    /// <exception cref="ArgumentException">One is unknown or malformed; the message is one line.</exception>
    public static ChaosArguments Read(string[] arguments)
    {
        var read = new ChaosArguments(DefaultSeconds, Random.Shared.Next(), DefaultReplicas, DefaultReplicas);
        for (var position = 0; position < arguments.Length; position++)
        {
            var name = arguments[position];
            read = name == OutsiderName ? read with { Outsider = true } : Read(read, name, ++position < arguments.Length ? arguments[position] : null);
        }

        return read;
    }

    private static ChaosArguments Read(ChaosArguments read, string name, string? value) => name switch
    {
        "--seconds" => read with { Seconds = Number(name, value, 5, 86_400) },
        "--seed" => read with { Seed = Number(name, value, 0, int.MaxValue) },
        "--apis" => read with { Apis = Number(name, value, 1, MostReplicas) },
        "--workers" => read with { Workers = Number(name, value, 1, MostReplicas) },
        "--logs" => read with { Logs = Path.GetFullPath(value ?? throw new ArgumentException("--logs has no value: it must be a folder.")) },
        _ => throw new ArgumentException($"chaos does not know '{name}': it takes --seconds, --seed, --apis, --workers and --logs, each with a value, and {OutsiderName}."),
    };

    private static int Number(string name, string? text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} {(text is null ? "has no value" : $"is '{text}'")}: it must be a whole number from {least} to {most}."));
}
