using Fib.Web.Submissions;

namespace Fib.Tests.Unit.Web.Submissions;

public sealed class IdempotencyKeyTests
{
    [Fact]
    public void Create_SameFormKeyAndIndexes_IsEqual() =>
        Assert.Equal(IdempotencyKey.Create("form", ["7", "8"]), IdempotencyKey.Create("form", ["7", "8"]));

    [Theory]
    [InlineData("form", "7")]
    [InlineData("other", "7,8")]
    [InlineData(null, "7,8")]
    public void Create_OtherFormKeyOrIndexes_IsDifferent(string? form, string indexes) =>
        Assert.NotEqual(IdempotencyKey.Create("form", ["7", "8"]), IdempotencyKey.Create(form, indexes.Split(',')));

    [Fact]
    public void Create_AnyFormKey_IsAValidHeaderValue() => Assert.Matches("^[0-9a-f]{64}$", IdempotencyKey.Create("ü\r\n", ["7"]));
}
