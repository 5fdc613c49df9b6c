namespace DistNet.Hosting.Tests;

/// <summary>What this assembly does when it is started as a program: it prints the probe's hash, for processes whose runtime is told to do without some instructions.</summary>
internal static class Program
{
    public static void Main() => Console.WriteLine(ArithmeticProbe.Hash());
}
