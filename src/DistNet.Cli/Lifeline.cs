namespace DistNet.Cli;

/// <summary>Standard input that a parent process holds open: its end is the parent's.</summary>
internal static class Lifeline
{
    public static async Task EndAsync()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[16];
        while (await input.ReadAsync(buffer) > 0)
        {
            // Nothing that is said here means anything.
        }
    }
}
