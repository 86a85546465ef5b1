using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>What is to be built and pushed for a bundle, for the programs that do so; a name and its value to a line.</summary>
internal sealed class ImageListRenderer : IBundleRenderer
{
    /// <summary>Where it is written; no source bundle contains it.</summary>
    public const string Path = "images.json";

    public IEnumerable<BundleFile> Render(Bundle bundle)
    {
        var images = bundle.Services.Where(service => service.Built is not null).ToDictionary(service => service.Name, service => service.Built!.ToString());
        yield return new BundleFile(Path, Json.Write(new ImageList(bundle.Architecture.InImages, bundle.Registry, bundle.Tag, images)));
    }

    /// <param name="Architecture">As images name it: amd64 or arm64.</param>
    /// <param name="Registry">The environment's registry and path; empty for none.</param>
    /// <param name="Tag">The version.</param>
    /// <param name="Images">Each service's image, by its tag.</param>
    private sealed record ImageList(string Architecture, string Registry, string Tag, IReadOnlyDictionary<string, string> Images);
}
