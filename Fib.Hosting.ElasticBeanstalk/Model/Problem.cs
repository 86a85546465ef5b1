namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>Why a bundle cannot be written.</summary>
/// <param name="Resource">The resource at fault.</param>
/// <param name="Concept">What about it: an image, a mount, a variable.</param>
/// <param name="Message">What is wrong and what is right.</param>
internal sealed record Problem(string Resource, string Concept, string Message)
{
    public override string ToString() => $"{Resource}: {Concept}: {Message}";
}
