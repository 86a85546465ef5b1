namespace Fib.Rehearsal.Platform;

/// <summary>One service of the compose file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Hostname">What its neighbours may call it beside its key.</param>
/// <param name="Image">Image reference.</param>
/// <param name="ReachesStores">Whether it connects to Redis or PostgreSQL.</param>
/// <param name="Ports">Published ports as written.</param>
internal sealed record ComposeService(string Name, string Hostname, string Image, bool ReachesStores, IReadOnlyList<string> Ports);
