using System.Text.Json.Serialization;

namespace Fib.Web.Terms;

/// <summary>How far the term of a submission is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubmissionState>))]
public enum SubmissionState
{
    /// <summary>A worker has yet to compute it.</summary>
    Pending,

    /// <summary>It is there.</summary>
    Computed,

    /// <summary>It will not come; the submission says why.</summary>
    Failed,
}
