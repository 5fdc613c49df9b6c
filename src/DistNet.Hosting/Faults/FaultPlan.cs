using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>
/// Everything that goes wrong on purpose in one run; the same under simulation and on a cluster. As a file: <c>docs/faults.md</c>.
/// </summary>
/// <param name="Seed">Of the luck that says which frames are hit.</param>
/// <param name="Faults">In the order of the file; a fault is known by its place in it.</param>
public sealed record FaultPlan(ulong Seed, ImmutableArray<Fault> Faults)
{
    private static readonly JsonDocumentOptions Relaxed = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It cannot be read or has mistakes; all of them, each with the path of its entry.</exception>
    public static FaultPlan Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--faults: cannot read {path}: {e.Message}");
        }
    }

    /// <summary>Reads what <see cref="ToJson"/> and people write.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Where it is from; each mistake begins with it.</param>
    /// <exception cref="UsageException">It has mistakes; all of them, each with the path of its entry.</exception>
    public static FaultPlan Parse(string json, string source)
    {
        var mistakes = new List<string>();
        FaultPlan? plan = null;
        try
        {
            using var document = JsonDocument.Parse(json, Relaxed);
            plan = Read(document.RootElement, mistakes);
        }
        catch (JsonException e)
        {
            mistakes.Add($"is not JSON: {e.Message}");
        }

        return mistakes.Count == 0 ? plan! : throw new UsageException([.. mistakes.Select(mistake => $"{source}: {mistake}")]);
    }

    /// <summary>A plan drawn from a seed, whose faults are all over after <paramref name="duration"/>.</summary>
    /// <param name="seed">The same seed, nodes, duration and options: the same plan.</param>
    /// <param name="nodes">The cluster's.</param>
    /// <param name="duration">Time in which they begin and end.</param>
    /// <param name="options">How many, and of which kinds.</param>
    public static FaultPlan Draw(ulong seed, IReadOnlyList<ActorId> nodes, TimeSpan duration, FaultDrawOptions? options = null) =>
        new FaultDraw(seed, nodes, duration, options ?? new FaultDrawOptions()).Plan();

    /// <summary>The plan as a file.</summary>
    public string ToJson()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("seed", Seed);
            json.WriteStartArray("faults");
            var writer = new FaultWriter(json);
            foreach (var fault in Faults)
            {
                writer.Write(fault);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>What a cluster of those nodes cannot do, one line for each mistake.</summary>
    public IReadOnlyList<string> ProblemsFor(IReadOnlyCollection<ActorId> nodes) =>
    [
        .. Faults.SelectMany((fault, i) => NodesOf(fault).SelectMany(named => named.Nodes.Unknown(nodes)
            .Select(name => $"faults[{i}].{named.Field}: there is no {name} among the {nodes.Count} nodes of this cluster"))),
    ];

    private static IEnumerable<(string Field, NodeSet Nodes)> NodesOf(Fault fault) => fault switch
    {
        NodeFault node => [("node", node.Nodes)],
        LinkFault link => [("from", link.From), ("to", link.To)],
        _ => [],
    };

    private static FaultPlan? Read(JsonElement root, List<string> mistakes)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add("must be an object with a list named faults");
            return null;
        }

        var fields = new FaultFields(root, "", mistakes);
        var seed = fields.Take("seed");
        var number = 0UL;
        if (seed is not null && !(seed is { ValueKind: JsonValueKind.Number } value && value.TryGetUInt64(out number)))
        {
            fields.Wrong("seed", $"{seed.Value.GetRawText()} is not a whole number of 0 or more");
        }

        var faults = ReadFaults(fields, mistakes);
        fields.End();
        return new FaultPlan(number, faults);
    }

    private static ImmutableArray<Fault> ReadFaults(FaultFields fields, List<string> mistakes)
    {
        if (fields.Take("faults") is not { ValueKind: JsonValueKind.Array } list)
        {
            fields.Wrong("faults", "must be a list of faults");
            return [];
        }

        return [.. list.EnumerateArray().Select((entry, i) => ReadFault(entry, $"faults[{i}]", mistakes)).OfType<Fault>()];
    }

    private static Fault? ReadFault(JsonElement entry, string path, List<string> mistakes)
    {
        if (entry.ValueKind == JsonValueKind.Object)
        {
            return new FaultReader(new FaultFields(entry, path, mistakes)).Read();
        }

        mistakes.Add($"{path}: must be an object, such as {{ \"kind\": \"kill\", \"node\": \"worker-1\", \"at\": \"1.5s\" }}");
        return null;
    }
}
