using Fib.LocalSystem.Processes;

namespace Fib.Bench.Web;

/// <summary>An OTLP endpoint that discards the exported traces, metrics and logs.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private const string Configuration = """
        pid @directory@/nginx.pid;
        error_log stderr warn;
        events {}
        http {
            access_log off;
            client_body_temp_path @directory@/body;
            proxy_temp_path @directory@/proxy;
            fastcgi_temp_path @directory@/fastcgi;
            uwsgi_temp_path @directory@/uwsgi;
            scgi_temp_path @directory@/scgi;
            client_max_body_size 64m;
            client_body_buffer_size 4m;
            server {
                listen 127.0.0.1:@port@;
                return 200;
            }
        }
        """;

    private readonly TemporaryFolder _folder = new("fib-collector-");
    private LocalProcess? _nginx;

    private Collector()
    {
    }

    /// <summary>The environment variables with which a service exports to it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; private set; } = [];

    public static async Task<Collector> StartAsync(CancellationToken cancellationToken)
    {
        var collector = new Collector();
        try
        {
            (collector._nginx, var address) =
                await Target.StartNginxAsync("collector", collector._folder.Path, collector.Write, cancellationToken);
            collector.Variables =
                [new("OTEL_EXPORTER_OTLP_ENDPOINT", address.ToString()), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];
            return collector;
        }
        catch
        {
            await collector.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
            await _nginx.DisposeAsync();
        _folder.Dispose();
    }

    private string Write(int port)
    {
        var file = Path.Combine(_folder.Path, "nginx.conf");
        File.WriteAllText(file, Configuration
            .Replace("@directory@", _folder.Path, StringComparison.Ordinal).Replace("@port@", $"{port}", StringComparison.Ordinal));
        return file;
    }
}
