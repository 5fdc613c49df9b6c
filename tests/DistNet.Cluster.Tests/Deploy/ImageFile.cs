using System.Text.Json;

namespace DistNet.Cluster.Tests;

/// <summary>What a container of deploy/Dockerfile does, as its last stage says. Knows only the instructions that file has.</summary>
internal sealed class ImageFile
{
    private readonly List<(string Name, string Value)> _instructions = [];

    private ImageFile(string text)
    {
        foreach (var line in text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            if (line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var name and not "#", var value])
            {
                if (name == "FROM")
                {
                    Stages++;
                    _instructions.Clear();
                }

                _instructions.Add((name, value));
            }
        }
    }

    public int Stages { get; }

    public string Base => ValueOf("FROM");

    public string User => ValueOf("USER");

    public string[] EntryPoint => Words(ValueOf("ENTRYPOINT"));

    public string[] HealthCheck => Words(ValueOf("HEALTHCHECK") is var check ? check[check.IndexOf('[', StringComparison.Ordinal)..] : "");

    public string WorkingFolder => ValueOf("WORKDIR");

    public static ImageFile Read() => new(File.ReadAllText(Repository.PathOf("deploy/Dockerfile")));

    private static string[] Words(string json) => JsonSerializer.Deserialize<string[]>(json)!;

    private string ValueOf(string name) => _instructions.Single(instruction => instruction.Name == name).Value;
}
