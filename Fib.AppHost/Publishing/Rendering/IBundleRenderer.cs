using Fib.AppHost.Publishing.Model;

namespace Fib.AppHost.Publishing.Rendering;

/// <summary>Writes one output of a bundle that has been checked.</summary>
internal interface IBundleRenderer
{
    IEnumerable<BundleFile> Render(Bundle bundle);
}
