namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>An error that prevents writing a bundle, or a warning.</summary>
/// <param name="Resource">The resource that causes it.</param>
/// <param name="Concept">The part of the resource, such as image, mount or environment variable.</param>
/// <param name="Message">The problem and its remedy.</param>
internal sealed record Problem(string Resource, string Concept, string Message)
{
    /// <summary>Whether the bundle can still be written.</summary>
    public bool IsWarning { get; init; }

    public static Problem Warning(string resource, string concept, string message) => new(resource, concept, message) { IsWarning = true };

    public override string ToString() => $"{Resource}: {Concept}: {Message}";
}
