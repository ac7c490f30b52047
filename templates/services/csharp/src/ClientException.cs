namespace Service;

/// <summary>An error whose status, code and message the client may see. The cause is for the log only.</summary>
public class ClientException(int status, string code, string message, Exception? cause = null)
    : Exception(message, cause)
{
    public int Status => status;

    public string Code => code;
}

/// <summary>A store is down or not configured.</summary>
public sealed class StoreUnavailableException(string store, Exception? cause = null)
    : ClientException(StatusCodes.Status503ServiceUnavailable, "store_unavailable", $"{store} is not available", cause);
