using Fib.Chaos.Load;

namespace Fib.Tests.Chaos;

/// <summary>Each entry of a batch counts as one that was submitted alone.</summary>
public sealed class SubmissionTests
{
    private const string Results = """{"results":[{"index":5,"accepted":true},{"index":null,"accepted":false,"reason":"no"},{"index":5,"accepted":true}]}""";

    private static readonly Submission Batch = new(true, new Entry("5", 5), new Entry("null", null), new Entry("5", 5));

    [Theory]
    [InlineData("200", Results, "Acknowledged Refused Acknowledged")]
    [InlineData("200", """{"results":[{"index":5,"accepted":false},{"index":7,"accepted":true},{"index":7,"accepted":true}]}""", "Refused Open Open")]
    [InlineData("200", """{"results":[{"index":5,"accepted":true}]}""", "Open Open Open")]
    [InlineData("200", """{"results":""", "Open Open Open")]
    [InlineData("200", "{}", "Open Open Open")]
    [InlineData("422", "", "Refused Refused Refused")]
    [InlineData("503", "", "Open Open Open")]
    [InlineData("broken off", "", "Open Open Open")]
    public void Read_OfABatch_OneForEachEntry(string outcome, string body, string expected) =>
        Assert.Equal(expected, string.Join(' ', Batch.Read(new Exchange(outcome, body, 0, 0))));

    [Theory]
    [InlineData("200", "Acknowledged")]
    [InlineData("400", "Refused")]
    [InlineData("500", "Open")]
    public void Read_OfOne_One(string outcome, string expected) =>
        Assert.Equal(expected, Assert.Single(new Submission(false, new Entry("5", 5)).Read(new Exchange(outcome, "", 0, 0))).ToString());

    [Fact]
    public async Task ToRequest_IsWhatTheApiTakes()
    {
        using var batch = Batch.ToRequest("key");
        Assert.Equal("""{"indexes":[5,null,5]}""", await batch.Content!.ReadAsStringAsync());
        Assert.Equal("key", Assert.Single(batch.Headers.GetValues("Idempotency-Key")));
        using var single = new Submission(false, new Entry("7.5", null)).ToRequest(null);
        Assert.Equal("""{"index":7.5}""", await single.Content!.ReadAsStringAsync());
        Assert.False(single.Headers.Contains("Idempotency-Key"));
    }
}
