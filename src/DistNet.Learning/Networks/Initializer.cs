namespace DistNet.Learning;
public static class Initializer { public static void Initialize(NetworkSpec s, ParameterLayout l, InitializerKind k, ulong seed, Span<float> p) { } }
