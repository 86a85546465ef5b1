namespace Fib.Tests.Deploy;

/// <summary>One call that reached the endpoint.</summary>
/// <param name="Operation">Such as <c>UpdateEnvironment</c>; of S3 the method, bucket and key.</param>
/// <param name="Body">The parameters as they came: a form, or JSON.</param>
internal sealed record AwsCall(string Operation, string Body)
{
    /// <summary>A parameter of a call with a form; empty where it has none.</summary>
    public string this[string parameter] => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Body).TryGetValue(parameter, out var value) ? value.ToString() : "";
}
