using System.Runtime.CompilerServices;

namespace Fib.Tests.Unit.Core.Sequence;

/// <summary>A test that takes minutes: skipped unless FIB_LONG_TESTS is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("FIB_LONG_TESTS")))
            Skip = "takes minutes: set FIB_LONG_TESTS=1";
    }
}
