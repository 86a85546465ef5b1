namespace Fib.Rehearsal.Checks;

internal enum CheckOutcome
{
    Passed,
    Failed,
    Skipped,
}
