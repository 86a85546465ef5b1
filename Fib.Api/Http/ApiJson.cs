using System.Text.Json.Serialization;
using Fib.Core.Contracts;

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
[JsonSerializable(typeof(ProgressEvent))]
internal sealed partial class ApiJson : JsonSerializerContext;
