using System.Text.Json.Serialization;
using Fib.Api.Events;
using Fib.Api.Status;

namespace Fib.Api.Terms;

/// <summary>Serialisation without reflection: less to do at the first request.</summary>
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
