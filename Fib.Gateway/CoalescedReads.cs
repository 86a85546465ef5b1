using System.Runtime.CompilerServices;
using Fib.ServiceDefaults.Batching;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Fib.Gateway;

/// <summary>
/// Sends one GET request for all equal ones that wait at the same time, and answers each of them with its response (request
/// collapsing). Like every result of <see cref="CoalescedFetch{T}"/>, the response is requested after the request that it answers has
/// arrived, so a client that reads after its submission sees it. Only short and fast responses are shared. In all other cases,
/// errors among them, each request is forwarded by YARP.
/// </summary>
internal sealed class CoalescedReads(ReplicaClient replicas, TimeProvider time)
{
    /// <summary>The metadata of a cluster whose reads are coalesced, with any value.</summary>
    public const string Setting = "CoalesceReads";

    /// <summary>A longer request, in characters of its address and headers, is not shared: those that are shared are kept.</summary>
    public const int MaxKeyLength = 2 * 1024;

    /// <summary>The longest that a request waits before it is forwarded; a response that takes longer is not shared.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);

    /// <summary>The time after a failure for which requests with the same key are not shared, since each would be sent twice.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>With half, which is best for the api's own queries, the gateway is slower (docs/performance.md).</summary>
    private const double TargetShare = 0.75;

    /// <summary>The headers that may differ between equal requests. A shared request has none of its clients' addresses.</summary>
    private static readonly HashSet<string> IgnoredHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Forwarded-For", "X-Original-For", HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.Baggage,
        HeaderNames.RequestId, HeaderNames.CorrelationContext, "X-Amzn-Trace-Id", "X-Amz-Cf-Id",
    };

    private readonly MemoryBudget _memory = new();

    /// <summary>The requests whose last response can be shared, at the position of their hash: one replaces another.</summary>
    private readonly KnownRead?[] _reads = new KnownRead?[256];

    /// <summary>Answers a request, or lets YARP forward it. This precedes everything that only forwarded requests need.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate forward) =>
        context.FindCluster() is { } cluster && cluster.Model.Config.FindSetting(Setting) is not null && CanShare(context)
            ? AnswerAsync(context, cluster, forward)
            : forward(context);

    /// <summary>Remembers forwarded requests whose response can be shared.</summary>
    public void AddTo(TransformBuilderContext transforms)
    {
        if (transforms.Cluster?.FindSetting(Setting) is not null)
            transforms.AddResponseTransform(context =>
            {
                Learn(context.HttpContext, context.ProxyResponse);
                return ValueTask.CompletedTask;
            });
    }

    /// <param name="context">A forwarded request.</param>
    /// <param name="response">The service's response to it, if there is one.</param>
    internal void Learn(HttpContext context, HttpResponseMessage? response)
    {
        // YARP gives a request without body a content if it has headers of one, such as Content-Type, which would have to be copied too.
        if (response is not { RequestMessage: { Content: null } sent } || context.Features.Get<ForwardedRead>() is not { } read)
            return;
        ref var known = ref At(read.Key);
        if (SharedResponse.CanShare(response) && time.GetElapsedTime(read.Begun) < MaxWait && IsFree(Volatile.Read(ref known), read.Key))
            Volatile.Write(ref known, new KnownRead(read.Key, CreateFetch(read.Cluster, sent), read.Begun));
    }

    private static bool CanShare(HttpContext context) =>
        // The filter behind this rejects a method in lower case.
        context.Request.Method == HttpMethods.Get
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };

    private async Task AnswerAsync(HttpContext context, ClusterState cluster, RequestDelegate forward)
    {
        var key = CreateKey(context.Request);
        if (key.Length <= MaxKeyLength)
        {
            if (await TryFetchAsync(key) is { } shared)
            {
                await shared.WriteAsync(context.Response);
                return;
            }

            context.Features.Set(new ForwardedRead(key, cluster, time.GetTimestamp()));
        }

        await forward(context);
    }

    /// <summary>A response that was requested after this call; null if there is none to share, or not in time.</summary>
    private async Task<SharedResponse?> TryFetchAsync(string key)
    {
        if (Volatile.Read(ref At(key)) is not { Fetch: { } fetch } known || known.Key != key)
            return null;
        SharedResponse? response = null;
        try
        {
            response = await fetch.GetAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or TimeoutException)
        {
            // YARP forwards each request and reports what fails then.
        }

        if (response is null)
            Interlocked.CompareExchange(ref At(key), new KnownRead(key, null, time.GetTimestamp()), known);
        return response;
    }

    private ref KnownRead? At(string key) => ref _reads[(uint)key.GetHashCode(StringComparison.Ordinal) % _reads.Length];

    private bool IsFree(KnownRead? known, string key) =>
        known?.Key != key || (known.Fetch is null && time.GetElapsedTime(known.Since) >= Pause);

    private CoalescedFetch<SharedResponse?> CreateFetch(ClusterState cluster, HttpRequestMessage forwarded)
    {
        var template = new RequestTemplate(forwarded);
        return new CoalescedFetch<SharedResponse?>(FetchAsync, MaxWait, time, TargetShare);

        async Task<SharedResponse?> FetchAsync()
        {
            using var replica = replicas.Select(cluster);
            if (replica is null)
                return null;
            using var deadline = new CancellationTokenSource(MaxWait, time);
            using var request = template.CreateMessage(replica);
            return await replica.SendAsync(request, response => ReadAsync(response, deadline.Token), deadline.Token);
        }
    }

    private async Task<SharedResponse?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        SharedResponse.CanShare(response) ? await SharedResponse.ReadAsync(response, _memory, cancellationToken) : null;

    /// <summary>Everything that a service can receive of a request, except the ignored headers.</summary>
    private static string CreateKey(HttpRequest request)
    {
        var key = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[512]);
        key.AppendLiteral(request.Scheme);
        key.AppendLiteral(":");
        key.AppendLiteral(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        foreach (var (name, values) in request.Headers)
        {
            if (IgnoredHeaders.Contains(name))
                continue;
            foreach (var value in values)
            {
                // A value has no line break: Kestrel rejects it.
                key.AppendLiteral("\n");
                key.AppendLiteral(name);
                key.AppendLiteral(":");
                key.AppendLiteral(value ?? "");
            }
        }

        return key.ToStringAndClear();
    }

    /// <summary>What is known about the requests with a key.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Fetch">Sends the shared requests; null after a failure.</param>
    /// <param name="Since">The time since when this is known.</param>
    private sealed record KnownRead(string Key, CoalescedFetch<SharedResponse?>? Fetch, long Since);

    /// <summary>A request that YARP forwards, since when.</summary>
    private sealed record ForwardedRead(string Key, ClusterState Cluster, long Begun);

    /// <summary>Creates requests that are equal to a forwarded one without its ignored headers.</summary>
    private sealed class RequestTemplate(HttpRequestMessage forwarded)
    {
        private readonly string _path = forwarded.RequestUri!.PathAndQuery;

        private readonly KeyValuePair<string, string[]>[] _headers =
        [
            .. forwarded.Headers.NonValidated.Where(header => !IgnoredHeaders.Contains(header.Key))
                .Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray())),
        ];

        public HttpRequestMessage CreateMessage(ReplicaClient.SelectedReplica replica)
        {
            var message = new HttpRequestMessage(HttpMethod.Get, replica.CreateAddress(_path));
            foreach (var (name, values) in _headers)
                message.Headers.TryAddWithoutValidation(name, values);
            return message;
        }
    }
}
