using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines;

internal sealed class PipelineOutputService(IOptions<PipelineOptions> options, IConfiguration configuration) : IPipelineOutputService, IDisposable
{
    private readonly Lazy<string> _temp = new(() => Directory.CreateTempSubdirectory("aspire-pipelines").FullName);

    public string GetOutputDirectory() => Path.GetFullPath(options.Value.OutputPath ?? Path.Combine(configuration["AppHost:Directory"]!, "aspire-output"));

    public string GetOutputDirectory(IResource resource) => Path.Combine(GetOutputDirectory(), resource.Name);

    public string GetTempDirectory() => _temp.Value;

    public string GetTempDirectory(IResource resource) => Path.Combine(GetTempDirectory(), resource.Name);

    public void Dispose()
    {
        if (_temp.IsValueCreated)
            Directory.Delete(_temp.Value, recursive: true);
    }
}
