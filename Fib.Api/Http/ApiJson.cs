using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fib.Core.Contracts;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fib.Api.Http;

/// <summary>Serialization without reflection, which makes the first request faster.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SubmitResponse))]
[JsonSerializable(typeof(BatchResponse))]
[JsonSerializable(typeof(RequeueResponse))]
[JsonSerializable(typeof(SubmissionPage))]
[JsonSerializable(typeof(SystemStatus))]
[JsonSerializable(typeof(AcceptedEvent))]
[JsonSerializable(typeof(ComputedEvent))]
[JsonSerializable(typeof(FailedEvent))]
[JsonSerializable(typeof(PreviewEvent))]
[JsonSerializable(typeof(ProgressEvent))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>
/// A short JSON response with Content-Length, sent in one packet. The framework's results do not know the length and send the
/// end of the chunked encoding in a second packet.
/// </summary>
internal sealed class SizedJsonResult<T>(T value, JsonTypeInfo<T> type) : IResult, IEndpointMetadataProvider
{
    private readonly byte[] _body = JsonSerializer.SerializeToUtf8Bytes(value, type);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = _body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await httpContext.Response.BodyWriter.WriteAsync(_body, httpContext.RequestAborted);
    }
}
