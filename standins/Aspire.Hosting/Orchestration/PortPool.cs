using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Gives out loopback ports that nobody else has, and keeps them for this host until it ends: a byte of a file all hosts share is
/// locked for each, since a port that was only looked at could be taken before the resource listens on it.
/// </summary>
internal sealed class PortPool : IDisposable
{
    // Below the range that the system takes ports for outgoing connections from.
    private const int First = 20_000, Last = 31_999, Tries = 1_000;

    private static readonly Lock Turn = new();
    private static readonly HashSet<int> TakenHere = [];
    private static readonly string Folder = UserFolder.Make();
    private static readonly FileStream Shared = new(Path.Combine(Folder, "ports"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    private readonly List<int> _ports = [];

    /// <summary>A port nobody has.</summary>
    public int Any() => Enumerable.Range(0, Tries).Select(_ => RandomNumberGenerator.GetInt32(First, Last + 1)).FirstOrDefault(TryTake) is > 0 and var port
        ? port
        : throw new DistributedApplicationException($"No free port between {First} and {Last}.");

    /// <summary>This port; throws, saying who has it, when it is taken.</summary>
    public int Exactly(int port, string what)
    {
        if (!TryTake(port))
            throw new HostRefusal($"Port {port} of {what} is in use by {Holder(port)}.");
        File.WriteAllText(HolderFile(port), FileLock.Me);
        return port;
    }

    /// <summary>Takes a port if nobody has it.</summary>
    public bool TryTake(int port)
    {
        lock (Turn)
        {
            if (TakenHere.Contains(port) || !TryLock(port))
                return false;
            if (!IsFree(port))
            {
                Shared.Unlock(port, 1);
                return false;
            }
            TakenHere.Add(port);
            _ports.Add(port);
            return true;
        }
    }

    public void Dispose()
    {
        lock (Turn)
        {
            foreach (var port in _ports.Where(TakenHere.Remove))
            {
                File.Delete(HolderFile(port));
                Shared.Unlock(port, 1);
            }
            _ports.Clear();
        }
    }

    private static bool TryLock(int port)
    {
        try
        {
            Shared.Lock(port, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsFree(int port) => CanBind(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanBind(IPAddress.IPv6Loopback, port));

    private static bool CanBind(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        // A machine without an IPv6 loopback address cannot have the port taken there.
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Holder(int port) => PortHolder.Find(port) is { } process
        ? process
        : File.Exists(HolderFile(port)) ? File.ReadAllText(HolderFile(port)) : "another process";

    private static string HolderFile(int port) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"port-{port}"));
}
