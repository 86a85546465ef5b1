namespace Aspire.Hosting;

/// <summary>A parameter or connection string has no value.</summary>
public class MissingParameterValueException : DistributedApplicationException
{
    /// <summary>With a message.</summary>
    public MissingParameterValueException(string message) : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public MissingParameterValueException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
