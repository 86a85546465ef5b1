using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>HTTP/1.1 and HTTP/2 on the port of the api.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class VersionTests(SystemFixture system)
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
    private static readonly byte[] EmptySettings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Get_AnyVersion_IsAnsweredWithIt(int major)
    {
        using var client = system.System.CreateClient("api");
        (client.DefaultRequestVersion, client.DefaultVersionPolicy) =
            (major == 2 ? HttpVersion.Version20 : HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);

        using var response = await client.GetAsync("/");

        Assert.Equal(client.DefaultRequestVersion, response.Version);
        Assert.Equal("Hi", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Connect_PrefaceInTwoParts_IsHttp2()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        using var client = system.System.CreateClient("api");
        using var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port, deadline.Token);
        var stream = connection.GetStream();
        await stream.WriteAsync(Preface.AsMemory(0, 5), deadline.Token);
        await Eventually.HoldsAsync("the first part is read", _ => Task.FromResult(!IsReceiveQueueFilled(connection.Client)));
        await stream.WriteAsync(Preface.AsMemory(5), deadline.Token);
        await stream.WriteAsync(EmptySettings, deadline.Token);

        var frame = new byte[9];
        await stream.ReadExactlyAsync(frame, deadline.Token);

        Assert.Equal(4, frame[3]);
    }

    /// <summary>Whether the other end has bytes that it has not read, by the list of sockets of Linux; false elsewhere.</summary>
    private static bool IsReceiveQueueFilled(Socket socket)
    {
        var (own, other) = (PortOf(socket.LocalEndPoint), PortOf(socket.RemoteEndPoint));
        string[] lists = ["/proc/net/tcp", "/proc/net/tcp6"];
        return lists.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(columns => columns[1].EndsWith(other, StringComparison.Ordinal) && columns[2].EndsWith(own, StringComparison.Ordinal)
                && !columns[4].EndsWith(":00000000", StringComparison.Ordinal));
    }

    private static string PortOf(EndPoint? address) => string.Create(CultureInfo.InvariantCulture, $":{((IPEndPoint)address!).Port:X4}");

    [Theory]
    [InlineData("PRI * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 4")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 405")]
    public async Task Send_OtherStart_IsHttp11(string text, string expected)
    {
        using var client = system.System.CreateClient("api");

        var response = await RawConnection.SendAsync(client.BaseAddress!, text);

        Assert.StartsWith(expected, response, StringComparison.Ordinal);
        Assert.Equal("Hi", await client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Send_PartOfThePrefaceAndNoMore_IsHttp11()
    {
        using var client = system.System.CreateClient("api");

        var response = await RawConnection.SendAsync(client.BaseAddress!, "PRI", breakOff: true);

        Assert.True(response.Length == 0 || response.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), response);
        Assert.Equal("Hi", await client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Send_PartOfThePreface_IsClosed()
    {
        using var client = system.System.CreateClient("api");

        var response = await RawConnection.SendAsync(client.BaseAddress!, "PRI * HT");

        Assert.Equal("", response);
        Assert.Equal("Hi", await client.GetStringAsync("/"));
    }
}
