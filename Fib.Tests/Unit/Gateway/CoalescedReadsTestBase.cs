using Fib.Gateway;
using Microsoft.AspNetCore.Http;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Requests through <see cref="CoalescedReads"/>.</summary>
public abstract class CoalescedReadsTestBase : MiddlewareTestBase
{
    private readonly CoalescedReads _reads;

    protected CoalescedReadsTestBase() : base(new() { [CoalescedReads.Setting] = "true" }) => _reads = new CoalescedReads(Replicas, Time);

    private protected sealed override Task InvokeAsync(HttpContext context, RequestDelegate forward) => _reads.InvokeAsync(context, forward);

    private protected sealed override void OnResponse(HttpContext context, HttpResponseMessage? response) => _reads.Learn(context, response);

    private protected HttpContext CreateRequest(params (string Name, string Value)[] headers) => CreateContext("GET", "/values", headers);

    private protected Task<HttpContext> SendAsync(params (string Name, string Value)[] headers) => SendAsync(CreateRequest(headers));

    /// <summary>Sends a first request, so that the next ones are shared.</summary>
    private protected async Task LearnAsync(params (string Name, string Value)[] headers)
    {
        var first = SendAsync(headers);
        (await Upstream.NextOwnAsync()).Respond("0");
        await ReadAsync(first);
    }
}
