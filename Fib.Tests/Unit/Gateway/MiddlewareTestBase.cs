using System.Collections.Concurrent;
using System.Text;
using Fib.Gateway;
using Fib.LocalSystem.Processes;
using Fib.ServiceDefaults.Dependencies;
using Fib.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Fib.Tests.Unit.Gateway;

/// <summary>A middleware of the gateway, YARP's forwarder behind it, and an upstream whose responses the test gives.</summary>
public abstract class MiddlewareTestBase : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly HttpMessageInvoker _client;

    private protected MiddlewareTestBase(Dictionary<string, string> metadata)
    {
        _client = new HttpMessageInvoker(Upstream);
        var services = new ServiceCollection().AddLogging().AddHttpForwarder().AddProblemDetails();
        services.AddKeyedSingleton(KeyedService.AnyKey, (_, address) => new Dependency((string)address, Time, Log));
        services.AddSingleton<IConfiguration>(new ConfigurationManager());
        services.AddSingleton<IForwarderHttpClientFactory>(new HeldClients(_client));
        services.AddSingleton<IDestinationHealthUpdater>(Health);
        _services = services.AddSingleton<UnreachableDestinationPolicy>().AddSingleton<ReplicaClient>().BuildServiceProvider();
        Cluster = CreateCluster(metadata);
    }

    private protected ReplicaClient Replicas => _services.GetRequiredService<ReplicaClient>();

    private protected ReportedHealth Health { get; } = new();

    /// <summary>The log of outages.</summary>
    private protected RecordingLogger Log { get; } = new();

    private protected FakeTimeProvider Time { get; } = new();

    private protected HeldUpstream Upstream { get; } = new();

    private protected ClusterState Cluster { get; }

    public void Dispose()
    {
        _client.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Answers a request, or forwards it.</summary>
    private protected abstract Task InvokeAsync(HttpContext context, RequestDelegate forward);

    /// <summary>Sees the response to a forwarded request.</summary>
    private protected virtual void OnResponse(HttpContext context, HttpResponseMessage? response)
    {
    }

    private protected static void SetReplicas(ClusterState cluster, params string[] hosts)
    {
        DestinationState[] replicas =
            [.. hosts.Select(host => new DestinationState(host, new DestinationModel(new DestinationConfig { Address = $"http://{host}" })))];
        cluster.DestinationsState = new ClusterDestinationsState(replicas, replicas);
    }

    /// <summary>A cluster with this metadata and one replica.</summary>
    private protected ClusterState CreateCluster(Dictionary<string, string> metadata)
    {
        var config = new ClusterConfig { ClusterId = "api", Metadata = metadata };
        var cluster = new ClusterState("api", new ClusterModel(config, _client));
        SetReplicas(cluster, "api");
        return cluster;
    }

    private protected HttpContext CreateContext(
        string method, string target, (string Name, string Value)[] headers, ClusterState? cluster = null)
    {
        var context = new DefaultHttpContext { RequestServices = _services };
        var uri = new Uri($"http://fib{target}");
        var request = context.Request;
        (request.Method, request.Scheme, request.Host) = (method, uri.Scheme, new HostString(uri.Host));
        (request.Path, request.QueryString) = (uri.AbsolutePath, new QueryString(uri.Query));
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        request.Headers[HeldUpstream.Client] = "192.0.2.1";
        foreach (var (name, value) in headers)
            request.Headers[name] = value;
        var route = new RouteModel(new RouteConfig { RouteId = "api" }, cluster ?? Cluster, HttpTransformer.Default);
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(route), null));
        context.Response.Body = new MemoryStream();
        return context;
    }

    private protected static HttpContext AddBody(HttpContext context, byte[] body)
    {
        (context.Request.Body, context.Request.ContentLength) = (new MemoryStream(body), body.Length);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new RequestBody());
        return context;
    }

    private protected async Task<HttpContext> SendAsync(HttpContext context)
    {
        await InvokeAsync(context, ForwardAsync);
        return context;
    }

    private protected static async Task<string> ReadAsync(Task<HttpContext> sent) =>
        Encoding.UTF8.GetString(ReadBody(await sent.WaitAsync(Eventually.DefaultTimeout)));

    private protected static byte[] ReadBody(HttpContext context) => ((MemoryStream)context.Response.Body).ToArray();

    private async Task ForwardAsync(HttpContext context) =>
        await _services.GetRequiredService<IHttpForwarder>().SendAsync(
            context, "http://api", _client, ForwarderRequestConfig.Empty, new SeenTransformer(OnResponse));

    private sealed class SeenTransformer(Action<HttpContext, HttpResponseMessage?> onResponse) : HttpTransformer
    {
        public override ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            onResponse(httpContext, proxyResponse);
            return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }
    }

    private sealed class RequestBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }

    /// <summary>The replicas that YARP is told not to use for a while.</summary>
    private protected sealed class ReportedHealth : IDestinationHealthUpdater
    {
        private readonly ConcurrentQueue<string> _unhealthy = new();

        public IEnumerable<string> Unhealthy => _unhealthy;

        public void SetPassive(
            ClusterState cluster, DestinationState destination, DestinationHealth newHealth, TimeSpan reactivationPeriod)
        {
            Assert.Equal((DestinationHealth.Unhealthy, TimeSpan.FromSeconds(1)), (newHealth, reactivationPeriod));
            _unhealthy.Enqueue(destination.DestinationId);
        }

        public void SetActive(ClusterState cluster, IEnumerable<NewActiveDestinationHealth> newHealthStates) => Assert.Fail();
    }

    private sealed class HeldClients(HttpMessageInvoker client) : IForwarderHttpClientFactory
    {
        public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) => client;
    }
}
