using System.Runtime.CompilerServices;
using Fib.ServiceDefaults.Batching;
using Microsoft.Net.Http.Headers;

namespace Fib.Gateway;

/// <summary>
/// Sends one GET request for all equal ones that wait at the same time, and answers each of them with its response (request
/// collapsing). Like every result of <see cref="CoalescedFetch{T}"/>, the response is requested after the request that it answers has
/// arrived, so a client that reads after its submission sees it. Only short and fast responses are shared. In all other cases,
/// errors among them, each request is sent itself, as without this handler.
/// </summary>
internal sealed class CoalescingHandler : DelegatingHandler
{
    /// <summary>The metadata of a cluster whose requests have this handler, with any value.</summary>
    public const string Setting = "CoalesceReads";

    /// <summary>A longer request, in characters of its address and headers, is not shared: those that are shared are kept.</summary>
    public const int MaxKeyLength = 2 * 1024;

    /// <summary>The longest that a request waits before it is sent itself; a response that takes longer is not shared.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);

    /// <summary>The time after a failure for which requests with the same key are not shared, since each would be sent twice.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>With half, which is best for the api's own queries, the gateway is slower (docs/performance.md).</summary>
    private const double TargetShare = 0.75;

    /// <summary>The headers that may differ between equal requests. A shared request has none of its clients' addresses.</summary>
    private static readonly HashSet<string> IgnoredHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Forwarded-For", HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.Baggage, HeaderNames.RequestId,
        HeaderNames.CorrelationContext, "X-Amzn-Trace-Id", "X-Amz-Cf-Id",
    };

    private readonly TimeProvider _time;
    private readonly MemoryBudget _memory = new();

    /// <summary>The requests whose last response can be shared, at the position of their hash: one replaces another.</summary>
    private readonly SharedRead?[] _reads = new SharedRead?[256];

    public CoalescingHandler(HttpMessageHandler inner, TimeProvider time) : base(inner) => _time = time;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Method == HttpMethod.Get && request.Content is null && !request.Headers.NonValidated.Contains(HeaderNames.Range)
            ? SendReadAsync(request, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var key = CreateKey(request);
        if (key.Length > MaxKeyLength)
            return await base.SendAsync(request, cancellationToken);
        var position = (uint)key.GetHashCode(StringComparison.Ordinal) % _reads.Length;
        if (Volatile.Read(ref _reads[position]) is { Fetch: { } fetch } read && read.Key == key)
        {
            if (await TryShareAsync(fetch, cancellationToken) is { } response)
                return response;
            Interlocked.CompareExchange(ref _reads[position], new SharedRead(key, null, _time.GetTimestamp()), read);
        }

        var begun = _time.GetTimestamp();
        var own = await base.SendAsync(request, cancellationToken);
        if (SharedResponse.CanShare(own) && _time.GetElapsedTime(begun) < MaxWait && IsFree(Volatile.Read(ref _reads[position]), key))
            Volatile.Write(ref _reads[position], new SharedRead(key, CreateFetch(new RequestTemplate(request)), begun));
        return own;
    }

    private bool IsFree(SharedRead? read, string key) =>
        read?.Key != key || (read.Fetch is null && _time.GetElapsedTime(read.Since) >= Pause);

    /// <summary>A copy of the shared response; null if there is none, or not in time.</summary>
    private static async Task<HttpResponseMessage?> TryShareAsync(
        CoalescedFetch<SharedResponse?> fetch, CancellationToken cancellationToken)
    {
        try
        {
            return (await fetch.GetAsync().WaitAsync(cancellationToken))?.CreateMessage();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is HttpRequestException or IOException or OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }

    private CoalescedFetch<SharedResponse?> CreateFetch(RequestTemplate template) => new(
        async () =>
        {
            using var deadline = new CancellationTokenSource(MaxWait, _time);
            using var request = template.CreateMessage();
            using var response = await base.SendAsync(request, deadline.Token);
            return SharedResponse.CanShare(response) ? await SharedResponse.ReadAsync(response, _memory, deadline.Token) : null;
        },
        MaxWait, _time, TargetShare);

    /// <summary>Everything that the service receives of a request, except the ignored headers.</summary>
    private static string CreateKey(HttpRequestMessage request)
    {
        var key = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[512]);
        key.AppendFormatted(request.Version.Major);
        key.AppendLiteral(request.RequestUri!.OriginalString);
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            if (IgnoredHeaders.Contains(name))
                continue;
            foreach (var value in values)
            {
                // A value has no line break: Kestrel rejects it.
                key.AppendLiteral("\n");
                key.AppendLiteral(name);
                key.AppendLiteral(":");
                key.AppendLiteral(value);
            }
        }

        return key.ToStringAndClear();
    }

    /// <summary>What is known about the requests with a key.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Fetch">Sends the shared requests; null after a failure.</param>
    /// <param name="Since">The time since when this is known.</param>
    private sealed record SharedRead(string Key, CoalescedFetch<SharedResponse?>? Fetch, long Since);

    /// <summary>Creates requests that are equal to one, without its ignored headers.</summary>
    private sealed class RequestTemplate(HttpRequestMessage request)
    {
        private readonly (Uri? Address, Version Version, HttpVersionPolicy Policy) _request =
            (request.RequestUri, request.Version, request.VersionPolicy);

        private readonly CopiedHeaders _headers = new(request.Headers.NonValidated, IgnoredHeaders.Contains);

        public HttpRequestMessage CreateMessage()
        {
            var message = new HttpRequestMessage(HttpMethod.Get, _request.Address)
            {
                Version = _request.Version,
                VersionPolicy = _request.Policy,
            };
            _headers.AddTo(message.Headers);
            return message;
        }
    }
}
