namespace Fib.Tests.Unit.Architecture;

/// <summary>The namespaces of an assembly have no circular uses, neither direct nor through other namespaces.</summary>
public sealed class NamespaceTests
{
    [Theory]
    [InlineData("Fib.Core")]
    [InlineData("Fib.Redis")]
    [InlineData("Fib.ServiceDefaults")]
    [InlineData("Fib.Api")]
    [InlineData("Fib.Worker")]
    [InlineData("Fib.Web")]
    [InlineData("Fib.Gateway")]
    [InlineData("Fib.AppHost")]
    [InlineData("Fib.Hosting.ElasticBeanstalk")]
    [InlineData("Fib.LocalSystem")]
    [InlineData("Fib.Chaos")]
    public void Namespaces_OfAnAssembly_AreInLayers(string assembly) =>
        Assert.Empty(new NamespaceGraph(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")).FindCircles());
}
