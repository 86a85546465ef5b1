using System.Globalization;
using System.Text;
using Fib.Api.Http;
using Fib.Core.Sequence;
using Microsoft.Net.Http.Headers;

namespace Fib.Api.Terms;

/// <summary>A term as <c>{"index":7,"digits":2,"term":"13"}</c>, streamed from its source.</summary>
internal sealed class TermJsonResult(SequenceIndex index, Stream digits) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var source = digits;
        var head = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{index},\"digits\":{digits.Length},\"term\":\""));
        var tail = "\"}"u8.ToArray();

        var response = httpContext.Response;
        if (httpContext.TryAnswerNotModified(new EntityTagHeaderValue($"\"{index}-json\"")))
            return;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = head.Length + digits.Length + tail.Length;
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;
        await response.Body.WriteAsync(head, httpContext.RequestAborted);
        await digits.CopyToAsync(response.Body, httpContext.RequestAborted);
        await response.Body.WriteAsync(tail, httpContext.RequestAborted);
    }
}
