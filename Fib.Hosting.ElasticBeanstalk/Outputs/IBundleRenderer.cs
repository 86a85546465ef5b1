using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>Renders one output of a validated bundle.</summary>
internal interface IBundleRenderer
{
    IEnumerable<BundleFile> Render(Bundle bundle);
}
