namespace Fib.Tests.Support;

/// <summary>What a test needs besides .NET, as the trait <c>Category</c>: runs can leave it out.</summary>
internal static class Category
{
    public const string Name = "Category";

    /// <summary>Whole systems: real stores and every service.</summary>
    public const string System = "System";

    /// <summary>A whole system and a real browser.</summary>
    public const string Browser = "Browser";

    /// <summary>A Docker engine.</summary>
    public const string Containers = "Containers";
}
