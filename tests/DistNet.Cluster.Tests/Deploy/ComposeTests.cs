using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DistNet.TestKit;

namespace DistNet.Cluster.Tests;

/// <summary>The container files, without containers: their command lines are run as they stand.</summary>
public sealed class ComposeTests : IDisposable
{
    private static readonly Dictionary<string, string> Variables = new() { [JoinToken.Variable] = "a secret" };

    private const string Dashboard = "dashboard";
    private const string Plane = "DISTNET_CONTROL";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Coordinators = ["coordinator", "coordinator-b", "coordinator-c"];
    private static readonly string[] Nodes = [.. Coordinators, "server-0", "server-1", "worker"];

    private static readonly string[] Options =
        ["--data", "csv:flowers.csv", "--label", "species", "--hidden", "8", "--batch", "32", "--lanes", "2", "--epochs", "60", "--format", "json", "--quiet"];

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;
    private readonly ImageFile _image = ImageFile.Read();
    private readonly ComposeFile _compose = ComposeFile.Read(Variables);
    private readonly List<Container> _containers = [];

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public void The_image_is_small_and_its_program_no_superuser()
    {
        _image.Stages.ShouldBe(2);
        _image.Base.ShouldEndWith("-chiseled");
        int.Parse(_image.User, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Services_come_back_by_themselves_write_to_volumes_of_their_own_and_one_port_is_open_to_this_machine()
    {
        _compose.Services.Keys.ShouldBe([.. Nodes, Dashboard]);
        _compose.Services.Values.ShouldAllBe(service => service.Restart == "unless-stopped");
        Nodes.SelectMany(name => _compose.Services[name].Ports).ShouldBe(["127.0.0.1:7070:7070"]);
        var volumes = _compose.Services.Values.SelectMany(service => service.Volumes).ToList();
        volumes.Where(volume => !volume.EndsWith(":ro", StringComparison.Ordinal)).ShouldBeUnique();
        volumes.Where(volume => volume.Contains("/data", StringComparison.Ordinal)).ShouldAllBe(volume => volume.EndsWith(":ro", StringComparison.Ordinal));
    }

    /// <summary>As the file's first lines have it: the profile, and the variable that has the nodes send there.</summary>
    [Fact]
    public void The_dashboard_is_there_when_asked_for_and_what_nodes_send_reaches_it()
    {
        var dashboard = _compose.Services[Dashboard];
        dashboard.Profiles.ShouldBe(["dashboard"]);
        dashboard.Image.ShouldBe("mcr.microsoft.com/dotnet/aspire-dashboard:9.1");
        dashboard.Ports.ShouldAllBe(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        Nodes.ShouldAllBe(name => _compose.Services[name].Profiles.Count == 0 && _compose.Services[name].Environment[Endpoint].Length == 0);

        var asked = Regex.Match(File.ReadAllText(Repository.PathOf("docker-compose.yml")), $"#   export {Endpoint}=http://([a-z]+):([0-9]+)\n#   docker compose --profile dashboard up");
        asked.Groups[1].Value.ShouldBe(Dashboard);
        dashboard.Ports.ShouldContain($"127.0.0.1:{asked.Groups[2].Value}:{asked.Groups[2].Value}");
        var wired = ComposeFile.Read(new Dictionary<string, string>(Variables) { [Endpoint] = "http://dashboard:18889" });
        Nodes.ShouldAllBe(name => wired.Services[name].Environment[Endpoint] == "http://dashboard:18889");
    }

    [Theory]
    [InlineData("builtin", 1)]
    [InlineData("akka", 3)]
    public void One_variable_chooses_the_plane_for_all_and_how_many_can_be_the_coordinators(string plane, int coordinators)
    {
        var services = ComposeFile.Read(new Dictionary<string, string>(Variables) { [Plane] = plane }).Services;

        Nodes.ShouldAllBe(name => services[name].Environment[Plane] == plane && services[name].Build.Args["CONTROL"] == plane);
        Coordinators.Sum(name => services[name].Scale).ShouldBe(coordinators);
        foreach (var name in Nodes.Where(name => services[name].Scale > 0))
        {
            ParsedCommand.ProblemsOf(services[name].Command, plane).ShouldBeEmpty(name);
        }
    }

    [SkippableTheory]
    [InlineData("builtin", "false")]
    [InlineData("akka", "true")]
    public void The_image_is_built_with_the_plane_that_is_asked_for(string plane, string akka)
    {
        Skip.If(OperatingSystem.IsWindows(), "it has no /bin/sh");
        var answer = Regex.Match(File.ReadAllText(Repository.PathOf("deploy/Dockerfile")), @"^ARG CONTROL=builtin\nRUN .* -p:Akka=(\$\(.*\)) \\$", RegexOptions.Multiline).Groups[1].Value;
        SystemCommand.Run("/bin/sh", "-c", $"CONTROL={plane}; echo {answer}").Trim().ShouldBe(akka);
    }

    [SkippableFact]
    public async Task The_commands_of_the_image_make_a_cluster_that_trains_and_says_how_it_is()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux has many loopback addresses");
        WriteData();
        var workers = new[] { Add("worker", 4), Add("worker", 5) };
        var first = workers[0].Start();
        await first.LineAsync("looking for the coordinator");
        (await workers[0].ImageHealthAsync(), await workers[0].ComposeHealthAsync()).ShouldBe((0, 1));

        var nodes = new List<ProgramProcess> { Add("coordinator", 1).Start(), Add("server-0", 2).Start(), Add("server-1", 3).Start(), workers[1].Start(), first };
        await nodes[0].LineAsync("coordinator listens on");
        await Task.WhenAll(nodes.Skip(1).Select(node => node.LineAsync("joined the cluster")));
        foreach (var container in _containers)
        {
            (await container.ImageHealthAsync(), await container.ComposeHealthAsync()).ShouldBe((0, 0), container.Name);
        }

        await TrainsToTheUndisturbedHashAsync(_containers.Single(container => container.Name == "coordinator"));
        nodes.ForEach(node => node.Terminate());
        (await Task.WhenAll(nodes.Select(node => node.ExitAsync()))).ShouldAllBe(end => end.Code == 0);
        (await workers[0].ImageHealthAsync()).ShouldBe(4);
    }

    [SkippableFact]
    public async Task Compose_takes_its_file_for_either_plane_and_asks_for_the_token()
    {
        var compose = Compose();
        Skip.If(compose is null, "neither docker-compose nor the compose plugin of docker is installed");

        foreach (var plane in new[] { "builtin", "akka" })
        {
            using var with = ProgramProcess.Start([.. compose!, "config"], Repository.Root, [.. Variables, KeyValuePair.Create(Plane, plane)]);
            (await with.ExitAsync()).Code.ShouldBe(0, with.ToString());
        }

        using var without = ProgramProcess.Start([.. compose!, "config"], Repository.Root);
        (await without.ExitAsync()).Code.ShouldNotBe(0);
        without.ToString().ShouldContain(JoinToken.Variable);
        using var unknown = ProgramProcess.Start([.. compose!, "config"], Repository.Root, [.. Variables, KeyValuePair.Create(Plane, "other")]);
        (await unknown.ExitAsync()).Code.ShouldNotBe(0);
        unknown.ToString().ShouldContain("other.yml");
    }

    public void Dispose()
    {
        _containers.ForEach(container => container.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private static string[]? Compose() => new string[][] { ["docker", "compose"], ["docker-compose"] }.FirstOrDefault(command =>
    {
        try
        {
            SystemCommand.Run(command[0], [.. command[1..], "version"]);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return false;
        }
    });

    /// <summary>As the first lines of docker-compose.yml have it.</summary>
    private async Task TrainsToTheUndisturbedHashAsync(Container coordinator)
    {
        var train = coordinator.Run(["train", "--cluster", "coordinator:7070", .. Options]);
        var alone = ProgramProcess.Start([ProgramProcess.DistNet, "train", .. Options], Data);
        HashOf(train, await train.ExitAsync()).ShouldBe(HashOf(alone, await alone.ExitAsync()));
        alone.Dispose();
    }

    private static string? HashOf(ProgramProcess process, (int Code, string Out) end)
    {
        end.Code.ShouldBe(0, process.ToString());
        return JsonDocument.Parse(end.Out).RootElement.GetProperty("weightsSha256").GetString();
    }

    private Container Add(string name, int number)
    {
        var state = Directory.CreateDirectory(Path.Combine(_folder, $"state-{number}")).FullName;
        var folders = new Dictionary<string, string> { ["/app"] = AppContext.BaseDirectory.TrimEnd('/'), ["/state"] = state, ["/data"] = Data };
        var hosts = new Dictionary<string, string> { ["self"] = Container.Loopback(number), ["coordinator"] = Container.Loopback(1), ["coordinators"] = Container.Loopback(1) };
        var container = new Container(name, _image, _compose.Services[name], folders, hosts);
        _containers.Add(container);
        return container;
    }

    private void WriteData()
    {
        Directory.CreateDirectory(Data);
        var rows = Enumerable.Range(0, 200).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{Math.Sin(i):F4},{Math.Cos(3 * i):F4},{(Math.Sin(i) > Math.Cos(3 * i) ? "setosa" : "virginica")}"));
        File.WriteAllLines(Path.Combine(Data, "flowers.csv"), rows.Prepend("length,width,species"));
    }
}
