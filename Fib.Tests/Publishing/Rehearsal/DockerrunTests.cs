using Fib.Rehearsal.Platform;

namespace Fib.Tests.Publishing.Rehearsal;

public class DockerrunTests
{
    [Fact]
    public void InOrder_LinksAndDependencies_ComeFirst()
    {
        var dockerrun = Dockerrun.Read("""
            {"AWSEBDockerrunVersion":2,"containerDefinitions":[
              {"name":"nginx","image":"n","memory":128,"links":["client","server"]},
              {"name":"client","image":"c","memory":128,"dependsOn":[{"containerName":"server","condition":"HEALTHY"}]},
              {"name":"server","image":"s","memory":128}]}
            """);
        Assert.Equal(["server", "client", "nginx"], dockerrun.InOrder().Select(definition => definition.Name));
    }

    [Fact]
    public void InOrder_CircularDependencies_AreReported()
    {
        var dockerrun = Dockerrun.Read("""
            {"containerDefinitions":[
              {"name":"a","image":"a","memory":1,"links":["b"]},
              {"name":"b","image":"b","memory":1,"links":["a"]}]}
            """);
        Assert.Contains("a, b", Assert.Throws<InvalidDataException>(() => dockerrun.InOrder().ToList()).Message, StringComparison.Ordinal);
    }
}
