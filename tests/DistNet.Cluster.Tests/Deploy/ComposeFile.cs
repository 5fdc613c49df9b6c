using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace DistNet.Cluster.Tests;

/// <summary>docker-compose.yml, with its variables filled in, and what its services have from other files.</summary>
internal sealed partial class ComposeFile
{
    public Dictionary<string, ComposeService> Services { get; init; } = [];

    public static ComposeFile Read(IReadOnlyDictionary<string, string> variables)
    {
        var file = Read("docker-compose.yml", variables);
        return new ComposeFile { Services = file.Services.ToDictionary(service => service.Key, service => Extended(service.Value, variables)) };
    }

    private static ComposeFile Read(string path, IReadOnlyDictionary<string, string> variables)
    {
        var text = Variable().Replace(File.ReadAllText(Repository.PathOf(path)), match => ValueOf(match, variables));
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
        return reader.Deserialize<ComposeFile>(new MergingParser(new Parser(new StringReader(text))));
    }

    private static ComposeService Extended(ComposeService service, IReadOnlyDictionary<string, string> variables) =>
        service.Extends is { } source && Read(source.File, variables).Services[source.Service] is var common
            ? service with { Command = common.Command, Scale = common.Scale }
            : service;

    private static string ValueOf(Match match, IReadOnlyDictionary<string, string> variables)
    {
        var (name, kind, text) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        return variables.TryGetValue(name, out var value) ? value : kind == ":-" ? text : throw new InvalidOperationException($"{name}: {text}");
    }

    [GeneratedRegex(@"\$\{(\w+)(:-|:\?)([^}]*)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}

internal sealed record ComposeService
{
    public ComposeBuild Build { get; init; } = new();

    public List<string> Command { get; init; } = [];

    public Dictionary<string, string> Environment { get; init; } = [];

    public ComposeSource? Extends { get; init; }

    public ComposeHealthCheck Healthcheck { get; init; } = new();

    public string Image { get; init; } = "";

    public List<string> Profiles { get; init; } = [];

    public List<string> Ports { get; init; } = [];

    public string Restart { get; init; } = "";

    /// <summary>How many containers there are unless somebody asks for more or fewer.</summary>
    public int Scale { get; init; } = 1;

    public List<string> Volumes { get; init; } = [];
}

internal sealed class ComposeBuild
{
    public Dictionary<string, string> Args { get; init; } = [];
}

internal sealed class ComposeSource
{
    public string File { get; init; } = "";

    public string Service { get; init; } = "";
}

internal sealed class ComposeHealthCheck
{
    public List<string> Test { get; init; } = [];
}
