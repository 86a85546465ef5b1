namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    /// <summary>It went well.</summary>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It failed.</summary>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    /// <summary>It failed with an exception.</summary>
    public static ExecuteCommandResult Failure(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Failure(exception.Message);
    }

    /// <summary>It was given up.</summary>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}
