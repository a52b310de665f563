using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FunctionalStack.Serving;

/// <summary>Where and within what limits Kestrel listens.</summary>
internal static class Listening
{
    /// <summary>The address of a host name: an IP address, <c>localhost</c>, or <c>*</c> for all.</summary>
    public static Outcome<IPAddress> AddressOf(string host)
    {
        if (host is "*" or "+") return Outcome.Ok(IPAddress.Any);
        if (host == "localhost") return Outcome.Ok(IPAddress.Loopback);
        if (IPAddress.TryParse(host, out var address)) return Outcome.Ok(address);
        try
        {
            if (Dns.GetHostAddresses(host) is [var first, ..]) return Outcome.Ok(first);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
        }

        return Outcome.Fail<IPAddress>($"the host '{host}'", "is neither an address nor a known name of this machine",
            "Give an address such as 127.0.0.1, or 0.0.0.0 for all.");
    }

    public static void Configure(KestrelServerOptions kestrel, ServerOptions options, IPAddress address)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxRequestBodySize = options.Serving.MaxBodyBytes;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestLineSize = 4 << 10;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Listen(address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
