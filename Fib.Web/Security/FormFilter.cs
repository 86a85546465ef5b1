using Fib.ServiceDefaults.Http;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Fib.Web.Security;

/// <summary>Reads a posted form before its page does, and rejects an unreadable one with 400, 413 or 415.</summary>
internal static class FormFilter
{
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
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return StatusCodes.Status200OK;
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
