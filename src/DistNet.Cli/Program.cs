using System.Collections;
using DistNet.Cli;

using var interrupt = new Interrupt();
return await DistNetCommand.RunAsync(args, new CommandHost
{
    Out = Console.Out,
    Error = Console.Error,
    Services = Services.Create(),
    Environment = [.. Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""))],
    IsTerminal = !Console.IsErrorRedirected,
    Stop = interrupt.Stop,
});
