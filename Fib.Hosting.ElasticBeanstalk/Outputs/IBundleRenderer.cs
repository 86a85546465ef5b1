using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>Writes one output of a bundle that has been checked.</summary>
internal interface IBundleRenderer
{
    IEnumerable<BundleFile> Render(Bundle bundle);
}
