namespace Fib.Web.Charts;

/// <summary>One ratio of neighbouring terms.</summary>
/// <param name="Index">n.</param>
/// <param name="Term">F(n).</param>
/// <param name="Ratio">F(n + 1) / F(n).</param>
internal sealed record RatioPoint(int Index, long Term, double Ratio);
