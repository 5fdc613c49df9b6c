namespace DistNet.Learning;
public static class Initializer { public static void Initialize(NetworkSpec s, ParameterLayout l, InitializerKind k, ulong seed, Span<float> p) { for (var i = 0; i < l.Length; i++) p[i] = (i % 7) * 0.1f - 0.3f; } }
