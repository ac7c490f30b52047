using Microsoft.AspNetCore.Diagnostics;

namespace Service.Http;

/// <summary>The one place where errors become responses.</summary>
public sealed class Errors(RequestDelegate next, ILogger<Errors> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort(); // nobody is there to be answered
        }
        catch (ClientException e)
        {
            if (e.Status >= StatusCodes.Status500InternalServerError)
            {
                logger.Write(LogLevel.Warning, e.Message, new Fields(), e.InnerException);
            }

            await RespondAsync(context, e.Status, e.Code, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await RespondAsync(context, e.StatusCode);
        }
        catch (Exception e)
        {
            logger.Write(LogLevel.Error, "Internal server error", new Fields(), e);
            await RespondAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>What routing answers without a body: unknown paths and wrong methods.</summary>
    public static Task DescribeStatus(StatusCodeContext context) =>
        RespondAsync(context.HttpContext, context.HttpContext.Response.StatusCode);

    private static Task RespondAsync(HttpContext context, int status)
    {
        var (code, message) = status switch
        {
            StatusCodes.Status404NotFound => ("not_found", "No such endpoint"),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", "Method not allowed"),
            StatusCodes.Status413PayloadTooLarge => ("payload_too_large", "Payload too large"),
            < StatusCodes.Status500InternalServerError => ("bad_request", "Bad request"),
            _ => ("internal_error", "Internal server error"),
        };
        return RespondAsync(context, status, code, message);
    }

    private static Task RespondAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { code, message } });
    }
}
