using System.Net;

namespace DistNet.Cluster;

/// <summary>A connection that somebody opened to this node.</summary>
/// <param name="Stream">Not read from yet; whoever takes the connection disposes it.</param>
/// <param name="Socket">Under it: who does not have a thread for the connection alone stops it from waiting.</param>
/// <param name="From">Who opened it.</param>
/// <param name="IsTrusted">False where certificates are mutual and it came without one.</param>
internal sealed record Incoming(Stream Stream, SocketStream Socket, EndPoint? From, bool IsTrusted);
