using Fib.Chaos.Load;

namespace Fib.Tests.Faults.Chaos;

/// <summary>Each entry of a batch counts as one submission.</summary>
public sealed class SubmissionTests
{
    private const string Results =
        """{"results":[{"index":5,"accepted":true},{"index":null,"accepted":false,"reason":"no"},{"index":5,"accepted":true}]}""";

    private static readonly Submission Batch =
        new(true, new SubmissionEntry("5", 5), new SubmissionEntry("null", null), new SubmissionEntry("5", 5));

    [Theory]
    [InlineData("200", Results, "Acknowledged Rejected Acknowledged")]
    [InlineData(
        "200", """{"results":[{"index":5,"accepted":false},{"index":7,"accepted":true},{"index":7,"accepted":true}]}""",
        "Rejected Unconfirmed Unconfirmed")]
    [InlineData("200", """{"results":[{"index":5,"accepted":true}]}""", "Unconfirmed Unconfirmed Unconfirmed")]
    [InlineData("200", """{"results":""", "Unconfirmed Unconfirmed Unconfirmed")]
    [InlineData("200", "{}", "Unconfirmed Unconfirmed Unconfirmed")]
    [InlineData("422", "", "Rejected Rejected Rejected")]
    [InlineData("503", "", "Unconfirmed Unconfirmed Unconfirmed")]
    [InlineData("connection broken", "", "Unconfirmed Unconfirmed Unconfirmed")]
    public void ReadResults_Batch_GivesOneForEachEntry(string status, string body, string expected) =>
        Assert.Equal(expected, string.Join(' ', Batch.ReadResults(new HttpExchange(status, body, 0, 0))));

    [Theory]
    [InlineData("200", "Acknowledged")]
    [InlineData("400", "Rejected")]
    [InlineData("500", "Unconfirmed")]
    public void ReadResults_Single_GivesOne(string status, string expected)
    {
        var results = new Submission(false, new SubmissionEntry("5", 5)).ReadResults(new HttpExchange(status, "", 0, 0));
        Assert.Equal(expected, Assert.Single(results).ToString());
    }

    [Fact]
    public async Task ToRequest_WritesTheApiFormat()
    {
        using var batch = Batch.ToRequest("key");
        Assert.Equal("""{"indexes":[5,null,5]}""", await batch.Content!.ReadAsStringAsync());
        Assert.Equal("key", Assert.Single(batch.Headers.GetValues("Idempotency-Key")));
        using var single = new Submission(false, new SubmissionEntry("7.5", null)).ToRequest(null);
        Assert.Equal("""{"index":7.5}""", await single.Content!.ReadAsStringAsync());
        Assert.False(single.Headers.Contains("Idempotency-Key"));
    }
}
