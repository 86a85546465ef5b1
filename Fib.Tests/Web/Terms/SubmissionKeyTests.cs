using Fib.Web.Terms;

namespace Fib.Tests.Web.Terms;

public sealed class SubmissionKeyTests
{
    [Fact]
    public void Of_TheSameFormAndIndexes_IsTheSame() => Assert.Equal(SubmissionKey.Of("form", ["7", "8"]), SubmissionKey.Of("form", ["7", "8"]));

    [Theory]
    [InlineData("form", "7")]
    [InlineData("other", "7,8")]
    [InlineData(null, "7,8")]
    public void Of_AnotherFormOrOtherIndexes_IsAnother(string? form, string indexes) =>
        Assert.NotEqual(SubmissionKey.Of("form", ["7", "8"]), SubmissionKey.Of(form, indexes.Split(',')));

    [Fact]
    public void Of_WhateverTheFormSays_FitsAHeader() => Assert.Matches("^[0-9a-f]{64}$", SubmissionKey.Of("ü\r\n", ["7"]));
}
