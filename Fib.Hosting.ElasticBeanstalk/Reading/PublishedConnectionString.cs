using System.Text.Json;
using Aspire.Hosting.Publishing;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Detects Aspire's PublishAsConnectionString, which is visible only in the manifest: the resource is a parameter there.</summary>
internal static class PublishedConnectionString
{
    public static bool IsOf(IResource resource)
    {
        if (resource is not (ContainerResource and IResourceWithConnectionString)
            || resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().LastOrDefault()?.Callback is not { } callback)
            return false;
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            var mode = new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish);
            // Writing a parameter completes synchronously, since it needs only the parameter.
            if (callback(new ManifestPublishingContext(mode, "manifest.json", writer)) is { IsCompletedSuccessfully: false })
                return false;
            writer.WriteEndObject();
        }
        return JsonDocument.Parse(bytes.ToArray()).RootElement.TryGetProperty("type", out var type) && type.GetString() == "parameter.v0";
    }
}
