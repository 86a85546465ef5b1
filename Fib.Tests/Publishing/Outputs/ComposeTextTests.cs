using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Compose;

namespace Fib.Tests.Publishing.Outputs;

public sealed class ComposeTextTests
{
    private static readonly EnvironmentProperty Host = new("HOST", "the host");

    [Fact]
    public void Of_RequiredProperty_FailsWithNameAndDescription() =>
        Assert.Equal("${HOST:?HOST must be the host}", ComposeText.Of([new PropertyPart(Host)]));

    [Fact]
    public void Of_OptionalProperty_MayStayEmpty() =>
        Assert.Equal("${HOST:-}", ComposeText.Of([new PropertyPart(Host with { Default = "" })]));

    [Fact]
    public void Of_PropertyWithDefault_HasIt() =>
        Assert.Equal("${HOST:-localhost}", ComposeText.Of([new PropertyPart(Host with { Default = "localhost" })]));

    [Fact]
    public void Of_Text_EscapesDollarSigns() =>
        Assert.Equal("cost $$1 ${HOST:-}", ComposeText.Of([new TextPart("cost $1 "), new PropertyPart(Host with { Default = "" })]));
}
