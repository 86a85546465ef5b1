using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Fib.Gateway;

/// <summary>Rejects requests that nginx rejects and Kestrel accepts, so that both routers behave alike (docs/http-edges.md).</summary>
internal static class RequestFilter
{
    /// <summary>The characters that nginx accepts in a method.</summary>
    private static readonly SearchValues<char> MethodCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_");

    public static void UseRequestFilter(this WebApplication app) => app.Use((context, next) =>
    {
        var status = Check(context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (status == StatusCodes.Status200OK)
            return next(context);
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>200 for a request to forward, otherwise the status of the rejection.</summary>
    internal static int Check(string method, string target)
    {
        if (HttpMethods.IsConnect(method) || HttpMethods.IsTrace(method))
            return StatusCodes.Status405MethodNotAllowed;
        return method.AsSpan().ContainsAnyExcept(MethodCharacters) ? StatusCodes.Status400BadRequest : CheckPath(PathOf(target));
    }

    private static int CheckPath(ReadOnlySpan<char> path)
    {
        if (!path.Contains('%') && !path.Contains("/..", StringComparison.Ordinal))
            return StatusCodes.Status200OK;
        if (!IsValidlyEscaped(path) || LeavesRoot(path))
            return StatusCodes.Status400BadRequest;
        // An escaped slash is not a separator; routes would have to agree on another meaning.
        return path.Contains("%2f", StringComparison.OrdinalIgnoreCase) ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
    }

    /// <summary>The path without the query; of an absolute form (RFC 9112, section 3.2.2) the part after the host.</summary>
    private static ReadOnlySpan<char> PathOf(string target)
    {
        var path = target.AsSpan();
        if (!target.StartsWith('/') && target.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
            path = path[(scheme + 3)..] is var rest && rest.IndexOf('/') is >= 0 and var start ? rest[start..] : "/";
        return path.IndexOf('?') is >= 0 and var end ? path[..end] : path;
    }

    private static bool IsValidlyEscaped(ReadOnlySpan<char> path)
    {
        for (var at = path.IndexOf('%'); at >= 0; at = path.IndexOf('%'))
        {
            if (at + 2 >= path.Length || !char.IsAsciiHexDigit(path[at + 1]) || !char.IsAsciiHexDigit(path[at + 2]))
                return false;
            path = path[(at + 3)..];
        }

        return true;
    }

    private static bool LeavesRoot(ReadOnlySpan<char> path)
    {
        var depth = 0;
        path = path.TrimStart('/');
        foreach (var part in path.Split('/'))
        {
            var segment = Uri.UnescapeDataString(path[part].ToString());
            depth += segment switch { "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                return true;
        }

        return false;
    }
}
