namespace Aspire.Hosting;

/// <summary>What the app host is asked to do.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>Run the application here.</summary>
    Run,

    /// <summary>Write what is needed to run it elsewhere.</summary>
    Publish,
}
