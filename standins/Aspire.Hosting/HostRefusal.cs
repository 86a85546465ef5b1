namespace Aspire.Hosting;

/// <summary>What the host will not do, said in one line that needs no stack trace.</summary>
internal sealed class HostRefusal(string message) : DistributedApplicationException(message);
