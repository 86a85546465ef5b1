namespace Fib.Web.Terms;

/// <summary>The api gave no usable answer: it or a store behind it is away.</summary>
internal sealed class ApiUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
