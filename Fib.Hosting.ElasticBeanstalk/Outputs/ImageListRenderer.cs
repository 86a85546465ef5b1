using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>images.json: the images to build and push for a bundle, for scripts; each line has one name and its value.</summary>
internal sealed class ImageListRenderer : IBundleRenderer
{
    /// <summary>The path of the file; no source bundle contains it.</summary>
    public const string Path = "images.json";

    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        var images = bundle.Services.Where(service => service.BuiltImage is not null)
            .ToDictionary(service => service.Name, service => service.BuiltImage!.ToString());
        yield return new BundleFile(Path, Json.Write(new ImageList(bundle.Architecture.OciName, bundle.Registry, bundle.Tag, images)));
    }

    /// <param name="Architecture">amd64 or arm64.</param>
    /// <param name="Registry">The environment's registry and path; empty for none.</param>
    /// <param name="Tag">The version.</param>
    /// <param name="Images">The image of each service, with its tag.</param>
    private sealed record ImageList(string Architecture, string Registry, string Tag, IReadOnlyDictionary<string, string> Images);
}
