using System.Collections.Concurrent;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>
/// Sends one batch for all submissions that wait at the same time, and answers each of them. Only what the service stored is
/// answered with its result in the batch; what it rejected is forwarded by YARP, so that its client receives the service's own answer.
/// </summary>
internal sealed class SubmissionJoining(IPassiveHealthCheckPolicy health, TimeProvider time)
{
    /// <summary>The metadata of a cluster whose submissions are joined: their path, such as <c>/api/values</c>.</summary>
    public const string Setting = "JoinSubmissions";

    /// <summary>The longest body that is read, in bytes.</summary>
    public const int MaxBytes = 256;

    /// <summary>Higher indexes are forwarded: most services reject them, and at once.</summary>
    private static readonly SubmissionParser Parser = new(SequenceIndex.DefaultMaximum);

    private readonly ConcurrentDictionary<ClusterState, JoinedSubmissions> _clusters = new();

    /// <summary>Answers a request, or lets YARP forward it.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate forward) =>
        HttpMethods.IsPost(context.Request.Method) && context.FindCluster() is { } cluster
        && cluster.FindSetting(Setting) is { } path && CanJoin(context.Request, path)
            ? AnswerAsync(context, cluster, forward)
            : forward(context);

    /// <summary>A request with an idempotency key is not joined: a batch has only one.</summary>
    private static bool CanJoin(HttpRequest request, string path) =>
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget == path
        && request.ContentLength is > 0 and <= MaxBytes
        && request.IsJsonInUtf8()
        && request.Headers.ContentEncoding.Count == 0
        && !request.Headers.ContainsKey(SubmissionRules.IdempotencyKeyHeader);

    private async Task AnswerAsync(HttpContext context, ClusterState cluster, RequestDelegate forward)
    {
        var submissions = _clusters.GetOrAdd(cluster, static (key, clock) => new JoinedSubmissions(key, clock), time);
        try
        {
            if (!submissions.Enter() || !await TryAnswerAsync(context, cluster, submissions))
                await forward(context);
        }
        finally
        {
            submissions.Leave();
        }
    }

    /// <summary>Returns false if the submission is not stored and is to be forwarded.</summary>
    private async Task<bool> TryAnswerAsync(HttpContext context, ClusterState cluster, JoinedSubmissions submissions)
    {
        try
        {
            var body = await ReadBodyAsync(context.Request);
            if (Parser.ReadIndex(body, out var index) != IndexVerdict.Accepted)
                return false;
            var (batch, entry) = await submissions.SendAsync(index);
            if (batch.IsRejected(entry))
                return false;
            ReportTo(health, context, cluster, batch);
            await (batch.Failure is null ? batch.WriteAsync(context.Response) : FailAsync(context));
        }
        catch (BadHttpRequestException exception)
        {
            context.Response.StatusCode = exception.StatusCode;
            await GatewayErrors.WriteAsync(context);
        }
        catch (TimeoutException)
        {
            await FailAsync(context);
        }

        return true;
    }

    /// <summary>Reads the body, and replaces it for the case that the request is forwarded.</summary>
    /// <exception cref="BadHttpRequestException">The client sends too slowly, or less than it announced.</exception>
    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        var body = new byte[(int)request.ContentLength!.Value];
        await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);
        request.Body = new MemoryStream(body, writable: false);
        return body;
    }

    /// <summary>As YARP reports a forwarded request.</summary>
    private static void ReportTo(IPassiveHealthCheckPolicy health, HttpContext context, ClusterState cluster, BatchAnswer batch)
    {
        if (batch.Failure is { } failure)
            context.Features.Set<IForwarderErrorFeature>(new BatchError(failure));
        health.RequestProxied(context, cluster, batch.Replica);
    }

    /// <summary>The submission may be stored. The client may send it again.</summary>
    private static Task FailAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return GatewayErrors.WriteAsync(context);
    }

    private sealed record BatchError(Exception Exception) : IForwarderErrorFeature
    {
        public ForwarderError Error => Exception is OperationCanceledException ? ForwarderError.RequestTimedOut : ForwarderError.Request;
    }
}
