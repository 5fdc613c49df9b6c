using DistNet.Benchmarks;

switch (args)
{
    case ["gemm"]:
        GemmBenchmark.Run(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("usage: DistNet.Benchmarks gemm");
        return 2;
}
