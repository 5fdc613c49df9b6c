using System.Reflection;

namespace DistNet.Architecture.Tests;

/// <summary>A type as it is written, without the name spaces of the framework.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    /// <summary>The type of a parameter, property or field, with a mark where null may come out of it or go into it.</summary>
    public static string Of(Type type, NullabilityInfo nullability) =>
        Of(type) + (!type.IsValueType && (nullability.ReadState == NullabilityState.Nullable || nullability.WriteState == NullabilityState.Nullable) ? "?" : "");

    public static string Of(Type type)
    {
        if (type.IsByRef || type.IsPointer)
        {
            return Of(type.GetElementType()!) + (type.IsPointer ? "*" : "");
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        return Nullable.GetUnderlyingType(type) is { } value ? $"{Of(value)}?" : Outer(type) + Plain(type.Name) + Arguments(Own(type));
    }

    public static string Arguments(IReadOnlyList<Type> types) => types.Count == 0 ? "" : $"<{string.Join(", ", types.Select(Of))}>";

    private static string Outer(Type type) =>
        type.DeclaringType is { } outer ? $"{Of(outer)}."
        : type.Namespace!.StartsWith("DistNet", StringComparison.Ordinal) ? $"{type.Namespace}."
        : "";

    private static string Plain(string name) => name.Split('`')[0];

    /// <summary>Without those of the type that it is declared in.</summary>
    private static IReadOnlyList<Type> Own(Type type) => type.GetGenericArguments()[(type.DeclaringType?.GetGenericArguments().Length ?? 0)..];
}
