using System.Globalization;
using Fib.LocalSystem.Processes;

namespace Fib.Chaos;

/// <summary>The command line.</summary>
/// <param name="Seconds">How long faults are injected, 5 to 86,400.</param>
/// <param name="Seed">Determines the faults and their times, 0 or more.</param>
/// <param name="Apis">The number of api processes behind the gateway, 1 to 8.</param>
/// <param name="Workers">The number of worker processes, 1 to 8.</param>
/// <param name="Logs">The folder that keeps the logs of all processes; null to keep none.</param>
/// <param name="Tampering">Whether a Redis client that is no part of the system tampers with the system's keys.</param>
internal sealed record ChaosArguments(int Seconds, int Seed, int Apis, int Workers, string? Logs = null, bool Tampering = false)
{
    private const int DefaultSeconds = 180;
    private const int DefaultReplicas = 2;
    private const int MaxReplicas = 8;
    private const string TamperingOption = "--tampering";

    /// <summary>The command line that repeats the run; it leaves out the logs.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"--seconds {Seconds} --seed {Seed} --apis {Apis} --workers {Workers}{(Tampering ? $" {TamperingOption}" : "")}");

    /// <summary>Reads the arguments; without a seed it draws one.</summary>
    /// <exception cref="WrongUsageException">An argument is unknown or malformed; the message is one line.</exception>
    public static ChaosArguments Read(string[] arguments)
    {
        var read = new ChaosArguments(DefaultSeconds, Random.Shared.Next(), DefaultReplicas, DefaultReplicas);
        for (var position = 0; position < arguments.Length; position++)
        {
            var name = arguments[position];
            read = name == TamperingOption
                ? read with { Tampering = true }
                : Read(read, name, ++position < arguments.Length ? arguments[position] : null);
        }

        return read;
    }

    private static ChaosArguments Read(ChaosArguments read, string name, string? value) => name switch
    {
        "--seconds" => read with { Seconds = Number(name, value, 5, 86_400) },
        "--seed" => read with { Seed = Number(name, value, 0, int.MaxValue) },
        "--apis" => read with { Apis = Number(name, value, 1, MaxReplicas) },
        "--workers" => read with { Workers = Number(name, value, 1, MaxReplicas) },
        "--logs" when value is null => throw new WrongUsageException("--logs has no value: it must be a folder."),
        "--logs" => read with { Logs = Path.GetFullPath(value) },
        _ => throw new WrongUsageException(
            $"unknown option '{name}': chaos accepts --seconds, --seed, --apis, --workers and --logs, each with a value, "
            + $"and {TamperingOption}."),
    };

    private static int Number(string name, string? text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new WrongUsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} {(text is null ? "has no value" : $"is '{text}'")}: it must be a whole number from {min} to {max}."));
}
