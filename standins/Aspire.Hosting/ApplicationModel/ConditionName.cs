using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names a conditional expression the way publishers see it: what it depends on, and a hash of its branches.</summary>
internal static partial class ConditionName
{
    public static string Of(IValueProvider condition, ReferenceExpression whenTrue, ReferenceExpression whenFalse, string matchValue)
    {
        var expression = (condition as IManifestExpressionProvider)?.ValueExpression;
        var words = NotWord().Replace(expression ?? "expr", "-").Trim('-').ToLowerInvariant();
        var text = string.Concat(expression ?? condition.GetType().Name, whenTrue.ValueExpression, whenFalse.ValueExpression, matchValue);
        return $"cond-{(words.Length > 0 ? words : "expr")}-{XxHash32.Of(Encoding.UTF8.GetBytes(text)):x8}";
    }

    [GeneratedRegex("[^a-zA-Z0-9]+")]
    private static partial Regex NotWord();
}
