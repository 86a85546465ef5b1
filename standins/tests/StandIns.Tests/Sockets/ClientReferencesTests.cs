using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Pipelines.Sockets.Unofficial;
using Pipelines.Sockets.Unofficial.Arenas;
using StackExchange.Redis;
using StandIns.Tests.Support;

namespace StandIns.Tests.Sockets;

public sealed class ClientReferencesTests
{
    private const string Id = "Pipelines.Sockets.Unofficial";

    [Fact]
    public void Everything_the_client_refers_to_is_there()
    {
        var needed = LibraryMembers.ReferredTo(typeof(ConnectionMultiplexer).Assembly, Id);

        Assert.True(needed.Count > 70, $"Only {needed.Count} references were found.");
        Assert.Empty(needed.Except(LibraryMembers.Offered(typeof(SocketConnection).Assembly)));
    }

    [Fact]
    public void The_version_is_one_the_client_accepts()
    {
        var wanted = typeof(ConnectionMultiplexer).Assembly.GetReferencedAssemblies().Single(name => name.Name == Id);

        Assert.True(typeof(SocketConnection).Assembly.GetName().Version >= wanted.Version);
    }

    /// <summary>What the client's code relies on without a reference that says so.</summary>
    [Theory]
    [InlineData(typeof(Delegates.DelegateEnumerator<Action>), typeof(IDisposable))]
    [InlineData(typeof(SocketAwaitableEventArgs), typeof(SocketAsyncEventArgs))]
    [InlineData(typeof(SocketAwaitableEventArgs), typeof(ICriticalNotifyCompletion))]
    [InlineData(typeof(SocketConnection), typeof(IDuplexPipe))]
    [InlineData(typeof(SocketConnection), typeof(IMeasuredDuplexPipe))]
    [InlineData(typeof(SocketConnection), typeof(IDisposable))]
    [InlineData(typeof(DedicatedThreadPoolPipeScheduler), typeof(PipeScheduler))]
    [InlineData(typeof(DedicatedThreadPoolPipeScheduler), typeof(IDisposable))]
    [InlineData(typeof(ConnectionResetException), typeof(IOException))]
    public void A_type_is_what_the_client_takes_it_for(Type type, Type expected) => Assert.True(type?.IsAssignableTo(expected));

    [Theory]
    [InlineData(typeof(Sequence), true)]
    [InlineData(typeof(Sequence<>), true)]
    [InlineData(typeof(Sequence<>.Enumerator), true)]
    [InlineData(typeof(SocketConnection.Counters), true)]
    [InlineData(typeof(Arena<>), false)]
    [InlineData(typeof(ArenaOptions), false)]
    public void A_type_is_a_structure_exactly_where_the_client_expects_one(Type type, bool structure) =>
        Assert.Equal(structure, type?.IsValueType);

    [Theory]
    [InlineData(PipeShutdownKind.None, 0)]
    [InlineData(PipeShutdownKind.ReadEndOfStream, 100)]
    [InlineData(PipeShutdownKind.ProtocolExitClient, 400)]
    public void A_number_the_client_has_compiled_in_stays(PipeShutdownKind kind, int number) => Assert.Equal(number, (int)kind);
}
