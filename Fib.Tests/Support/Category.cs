namespace Fib.Tests.Support;

/// <summary>The requirements of a test besides .NET, as the trait <c>Category</c>, by which a run can exclude it.</summary>
internal static class Category
{
    public const string Name = "Category";

    /// <summary>A whole system: real stores and every service.</summary>
    public const string System = "System";

    /// <summary>A whole system and a real browser.</summary>
    public const string Browser = "Browser";

    /// <summary>A Docker engine.</summary>
    public const string Containers = "Containers";
}
