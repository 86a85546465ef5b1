using System.Text.Json;

namespace Fib.Rehearsal.Platform;

/// <summary>What the rehearsal does of Dockerrun.aws.json, version 2 (AWS Elastic Beanstalk Developer Guide, "Dockerrun.aws.json v2").</summary>
/// <param name="ContainerDefinitions">The containers of the one task.</param>
/// <param name="Volumes">Directories of the instance.</param>
internal sealed record Dockerrun(IReadOnlyList<ContainerDefinition> ContainerDefinitions, IReadOnlyList<TaskVolume>? Volumes)
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="JsonException">It is not of this form.</exception>
    public static Dockerrun Read(string text) => JsonSerializer.Deserialize<Dockerrun>(text, Names) ?? throw new JsonException("It is empty.");

    /// <summary>The definitions, each after those that it links to or waits for.</summary>
    /// <exception cref="InvalidDataException">They wait for one another in a circle, or for one that is not there.</exception>
    public IEnumerable<ContainerDefinition> InOrder()
    {
        var waiting = ContainerDefinitions.ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.Find(one => one.Needs.All(name => !waiting.Exists(other => other.Name == name)))
                ?? throw new InvalidDataException($"containers that wait for one another: {string.Join(", ", waiting.Select(one => one.Name))}");
            waiting.Remove(next);
            yield return next;
        }
    }
}

internal sealed record TaskVolume(string Name, HostDirectory? Host);

internal sealed record HostDirectory(string SourcePath);
