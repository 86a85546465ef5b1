using System.Text.Json;
using Aspire.Hosting.Publishing;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Recognises Aspire's PublishAsConnectionString, which only says in the manifest that a resource is a parameter.</summary>
internal static class PublishedConnectionString
{
    public static bool IsOf(IResource resource)
    {
        if (resource is not (ContainerResource and IResourceWithConnectionString) || resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().LastOrDefault()?.Callback is not { } callback)
            return false;
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            // Writing a parameter completes at once: it asks nothing but the parameter itself.
            if (callback(new ManifestPublishingContext(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), "manifest.json", writer)) is { IsCompletedSuccessfully: false })
                return false;
            writer.WriteEndObject();
        }
        return JsonDocument.Parse(bytes.ToArray()).RootElement.TryGetProperty("type", out var type) && type.GetString() == "parameter.v0";
    }
}
