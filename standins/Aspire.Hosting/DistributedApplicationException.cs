namespace Aspire.Hosting;

/// <summary>The application cannot be built, started or published; the message says why.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Without a message.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>With a message.</summary>
    public DistributedApplicationException(string message) : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}
