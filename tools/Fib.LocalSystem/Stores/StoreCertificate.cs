namespace Fib.LocalSystem.Stores;

/// <summary>What a store shows to whoever connects over TLS.</summary>
/// <param name="Authority">PEM file of the authority to trust.</param>
/// <param name="Server">PEM file of the store's certificate.</param>
/// <param name="Key">PEM file of its key.</param>
internal sealed record StoreCertificate(string Authority, string Server, string Key);
