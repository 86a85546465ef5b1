using System.IO.Hashing;
using StackExchange.Redis;
using StandIns.Tests.Support;
using Yarp.ReverseProxy.Configuration;

namespace StandIns.Tests.Hashing;

public sealed class HashingReferencesTests
{
    [Theory]
    [InlineData(typeof(ConnectionMultiplexer))]
    [InlineData(typeof(RouteConfig))]
    public void Everything_a_library_refers_to_is_there(Type ofLibrary)
    {
        ArgumentNullException.ThrowIfNull(ofLibrary);
        var needed = LibraryMembers.ReferredTo(ofLibrary.Assembly, "System.IO.Hashing");

        Assert.NotEmpty(needed);
        Assert.Empty(needed.Except(LibraryMembers.Offered(typeof(XxHash3).Assembly)));
    }

    [Theory]
    [InlineData(typeof(ConnectionMultiplexer))]
    [InlineData(typeof(RouteConfig))]
    public void The_version_is_one_a_library_accepts(Type ofLibrary)
    {
        ArgumentNullException.ThrowIfNull(ofLibrary);
        var wanted = ofLibrary.Assembly.GetReferencedAssemblies().Single(name => name.Name == "System.IO.Hashing");

        Assert.True(typeof(XxHash3).Assembly.GetName().Version >= wanted.Version);
    }
}
