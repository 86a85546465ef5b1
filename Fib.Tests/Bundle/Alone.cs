namespace Fib.Tests.Rehearsals;

/// <summary>The rehearsal loads the whole machine, and takes port 80: nothing runs beside it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
