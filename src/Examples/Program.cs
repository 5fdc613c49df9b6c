using DistNet.Examples;

var examples = new Dictionary<string, Func<Task>>
{
    ["train"] = TrainInTenLines.RunAsync,
    ["load"] = LoadAndPredict.RunAsync,
    ["own-data"] = OwnData.RunAsync,
    ["stop"] = StopAndGoOn.RunAsync,
};
if (args is not [var name] || !examples.TryGetValue(name, out var runAsync))
{
    Console.Error.WriteLine($"Give the name of an example: {string.Join(", ", examples.Keys)}.");
    return 2;
}

await runAsync();
return 0;
