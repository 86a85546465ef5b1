namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>Why a bundle cannot be written, or what to know about it.</summary>
/// <param name="Resource">The resource at fault.</param>
/// <param name="Concept">What about it: an image, a mount, a variable.</param>
/// <param name="Message">What is wrong and what is right.</param>
internal sealed record Problem(string Resource, string Concept, string Message)
{
    /// <summary>Whether the bundle can be written all the same.</summary>
    public bool IsWarning { get; init; }

    public static Problem Warning(string resource, string concept, string message) => new(resource, concept, message) { IsWarning = true };

    public override string ToString() => $"{Resource}: {Concept}: {Message}";
}
