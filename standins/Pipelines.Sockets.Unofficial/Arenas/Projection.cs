namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Makes one value of another.</summary>
/// <typeparam name="TFrom">What is given.</typeparam>
/// <typeparam name="TTo">What is made of it.</typeparam>
public delegate TTo Projection<TFrom, TTo>(in TFrom value);

/// <summary>Makes one value of another and of a state common to all of them.</summary>
/// <typeparam name="TFrom">What is given.</typeparam>
/// <typeparam name="TState">What is common.</typeparam>
/// <typeparam name="TTo">What is made of both.</typeparam>
public delegate TTo Projection<TFrom, TState, TTo>(in TFrom value, in TState state);
