using System.Net.Http.Headers;

namespace Fib.Gateway;

/// <summary>The headers of a message as they were received, to add to any number of others.</summary>
/// <param name="headers">The headers to copy.</param>
/// <param name="isIgnored">Whether not to copy a header with this name.</param>
internal sealed class CopiedHeaders(HttpHeadersNonValidated headers, Func<string, bool> isIgnored)
{
    private readonly KeyValuePair<string, string[]>[] _headers =
    [
        .. headers.Where(header => !isIgnored(header.Key))
            .Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray())),
    ];

    public void AddTo(HttpHeaders target)
    {
        foreach (var (name, values) in _headers)
            target.TryAddWithoutValidation(name, values);
    }
}
