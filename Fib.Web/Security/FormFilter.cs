using Fib.ServiceDefaults.Http;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Fib.Web.Security;

/// <summary>
/// Reads a posted form before its page does, and rejects one that is unreadable or that no page has with 400, 413 or 415.
/// </summary>
internal static class FormFilter
{
    /// <summary>The field in which Blazor expects the name of the form. It answers an unknown name without an error page.</summary>
    private const string NameField = "_handler";

    /// <summary>The name of every form.</summary>
    private const string Name = "submit";

    public static void UseFormFilter(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (IsPostedPage(context) && await ReadFormAsync(context.Request) is var status && status != StatusCodes.Status200OK)
            context.Response.StatusCode = status;
        else
            await next(context);
    });

    private static bool IsPostedPage(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>200 if the form was read, and the request keeps it; otherwise the status of the rejection.</summary>
    private static async Task<int> ReadFormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || !request.IsUtf8())
            return StatusCodes.Status415UnsupportedMediaType;
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form[NameField] == Name ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }
}
