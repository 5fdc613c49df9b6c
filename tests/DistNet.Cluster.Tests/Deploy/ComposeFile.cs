using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace DistNet.Cluster.Tests;

/// <summary>docker-compose.yml, with its variables filled in.</summary>
internal sealed partial class ComposeFile
{
    public Dictionary<string, ComposeService> Services { get; init; } = [];

    public static ComposeFile Read(IReadOnlyDictionary<string, string> variables)
    {
        var text = Variable().Replace(File.ReadAllText(Repository.PathOf("docker-compose.yml")), match => ValueOf(match, variables));
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
        return reader.Deserialize<ComposeFile>(new MergingParser(new Parser(new StringReader(text))));
    }

    private static string ValueOf(Match match, IReadOnlyDictionary<string, string> variables)
    {
        var (name, kind, text) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        return variables.TryGetValue(name, out var value) ? value : kind == ":-" ? text : throw new InvalidOperationException($"{name}: {text}");
    }

    [GeneratedRegex(@"\$\{(\w+)(:-|:\?)([^}]*)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}

internal sealed class ComposeService
{
    public List<string> Command { get; init; } = [];

    public Dictionary<string, string> Environment { get; init; } = [];

    public ComposeHealthCheck Healthcheck { get; init; } = new();

    public string Image { get; init; } = "";

    public List<string> Profiles { get; init; } = [];

    public List<string> Ports { get; init; } = [];

    public string Restart { get; init; } = "";

    public List<string> Volumes { get; init; } = [];
}

internal sealed class ComposeHealthCheck
{
    public List<string> Test { get; init; } = [];
}
