using System.Collections.Concurrent;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>
/// Sends one batch for all submissions that wait at the same time, and answers each of them. Only what the service stored is
/// answered with its result in the batch; what it rejected is forwarded by YARP, so that its client receives the service's own answer.
/// </summary>
internal sealed class SubmissionJoining(ReplicaClient replicas, TimeProvider time)
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
        // The filter behind this rejects a method in lower case.
        context.Request.Method == HttpMethods.Post && context.FindCluster() is { } cluster
        && cluster.Model.Config.FindSetting(Setting) is { } path && CanJoin(context.Request, path)
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
        var submissions = _clusters.GetOrAdd(
            cluster, static (key, services) => new JoinedSubmissions(key, services.replicas, services.time), (replicas, time));
        try
        {
            if (!submissions.Enter() || !await TryAnswerAsync(context, submissions))
                await forward(context);
        }
        finally
        {
            submissions.Leave();
        }
    }

    /// <summary>Returns false if the submission is not stored and is to be forwarded.</summary>
    private static async Task<bool> TryAnswerAsync(HttpContext context, JoinedSubmissions submissions)
    {
        if (await ReadBodyAsync(context) is not { } body)
            return true;
        if (Parser.ReadIndex(body, out var index) != IndexVerdict.Accepted)
            return false;
        try
        {
            var (batch, entry) = await submissions.SendAsync(index);
            if (batch.IsNotStored(entry))
                return false;
            await (batch.Failure is { } failure ? FailAsync(context, failure) : batch.WriteAsync(context.Response));
        }
        catch (TimeoutException exception)
        {
            await FailAsync(context, new OwnRequestError(ForwarderError.RequestTimedOut, exception));
        }

        return true;
    }

    /// <summary>
    /// Reads the body, and replaces it for the case that the request is forwarded. Returns null if it does not arrive; the request is
    /// answered then.
    /// </summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!.Value];
        try
        {
            await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            // Such as a client that sends too slowly.
            context.Response.StatusCode = exception.StatusCode;
            await GatewayErrors.WriteAsync(context);
            return null;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client has disconnected.
            return null;
        }

        context.Request.Body = new MemoryStream(body, writable: false);
        return body;
    }

    /// <summary>The submission may be stored. The client may send it again.</summary>
    private static Task FailAsync(HttpContext context, OwnRequestError error)
    {
        context.Features.Set<IForwarderErrorFeature>(error);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return GatewayErrors.WriteAsync(context);
    }
}
