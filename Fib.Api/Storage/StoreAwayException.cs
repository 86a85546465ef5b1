namespace Fib.Api.Storage;

/// <summary>A store does not answer, or more waits for it than may wait; the answer is 503 with Retry-After.</summary>
internal sealed class StoreAwayException(string message, Exception? innerException = null) : Exception(message, innerException);
