using System.Globalization;
using DistNet.TestKit;

namespace DistNet.Cluster.Tests;

/// <summary>
/// What a container would run, as processes of this machine: the same command lines, but that the image's folders are folders here, and that each
/// container's own addresses and its name are one loopback address, which Linux has many of.
/// </summary>
/// <param name="name">The service.</param>
/// <param name="image">Its image.</param>
/// <param name="service">How it is run.</param>
/// <param name="folders">The image's folders, and where they are here.</param>
/// <param name="hosts">Addresses of this container ("self") and of services by name.</param>
internal sealed class Container(
    string name, ImageFile image, ComposeService service, IReadOnlyDictionary<string, string> folders, IReadOnlyDictionary<string, string> hosts) : IDisposable
{
    private static readonly string[] OwnAddresses = ["0.0.0.0", "127.0.0.1"];

    private readonly List<ProgramProcess> _processes = [];

    public string Name => name;

    /// <summary>An address that no other process's tests use at the same time; each test has numbers of its own.</summary>
    public static string Loopback(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"127.{64 + (Environment.ProcessId >> 8 & 63)}.{Environment.ProcessId & 255}.{number}");

    /// <summary>Starts what the container is there for.</summary>
    public ProgramProcess Start() => Run(service.Command);

    /// <summary>Starts another program of the image in it, as docker exec does.</summary>
    public ProgramProcess Run(IEnumerable<string> arguments) => Begin([.. image.EntryPoint, .. arguments]);

    /// <summary>Exit code of the health check that the image brings.</summary>
    public Task<int> ImageHealthAsync() => CodeOfAsync(image.HealthCheck);

    /// <summary>Exit code of the health check that the cluster's description asks for.</summary>
    public Task<int> ComposeHealthAsync()
    {
        service.Healthcheck.Test[0].ShouldBe("CMD");
        return CodeOfAsync(service.Healthcheck.Test.Skip(1));
    }

    public void Dispose() => _processes.ForEach(process => process.Dispose());

    private async Task<int> CodeOfAsync(IEnumerable<string> command) => (await Begin(command).ExitAsync()).Code;

    private ProgramProcess Begin(IEnumerable<string> command)
    {
        var process = ProgramProcess.Start([.. command.Select(Here)], folders[image.WorkingFolder], service.Environment);
        _processes.Add(process);
        return process;
    }

    /// <summary>A word of a command line, as it is here.</summary>
    private string Here(string word)
    {
        if (folders.Keys.FirstOrDefault(folder => word == folder || word.StartsWith(folder + "/", StringComparison.Ordinal)) is { } inside)
        {
            return folders[inside] + word[inside.Length..];
        }

        return word.Split(':') is [var host, var port] && AddressOf(host) is { } address ? $"{address}:{port}" : word;
    }

    private string? AddressOf(string host) => OwnAddresses.Contains(host) ? hosts["self"] : hosts.GetValueOrDefault(host);
}
