namespace StandIns.Tests.Support;

/// <summary>The tests against a real Redis: one after the other, and beside nothing else, so that none waits for a processor.</summary>
[CollectionDefinition(nameof(RedisTests), DisableParallelization = true)]
public sealed class RedisTests : ICollectionFixture<RedisFixture>;
