using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DistNet.Architecture.Tests;

/// <summary>What an assembly offers to others, one line for each type and member, in a fixed order. What the compiler adds to records is left out.</summary>
internal static class SurfaceText
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly NullabilityInfoContext Nullability = new();

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Of)];

    private static IEnumerable<string> Of(Type type) =>
        [Header(type), .. type.GetMembers(Declared).Where(IsOffered).Select(Text).Order(StringComparer.Ordinal).Select(line => $"{TypeText.Of(type)} :: {line}")];

    private static string Header(Type type)
    {
        var kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        var record = type.GetMethod("PrintMembers", Declared) is null ? "" : " record";
        string[] bases = [.. Bases(type).Select(TypeText.Of).Order(StringComparer.Ordinal)];
        return $"{kind}{record} {TypeText.Of(type)}{(bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}")}";
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return [];
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var own = type.GetInterfaces().Except(inherited).Where(face => face.IsVisible && !IsEquatable(face, type));
        return type.BaseType is { IsVisible: true } parent && parent != typeof(object) && parent != typeof(ValueType) ? own.Prepend(parent) : own;
    }

    private static bool IsEquatable(Type face, Type type) => face == typeof(IEquatable<>).MakeGenericType(type);

    private static bool IsOffered(MemberInfo member) => member switch
    {
        Type => false,
        MethodInfo method => IsOpen(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        ConstructorInfo constructor => IsOpen(constructor) && !constructor.IsDefined(typeof(CompilerGeneratedAttribute)),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsOpen) && property.Name != "EqualityContract",
        EventInfo happening => IsOpen(happening.AddMethod!),
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
        _ => false,
    };

    /// <summary>Others may call it, or override it.</summary>
    private static bool IsOpen(MethodBase method) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static string Text(MemberInfo member) => member switch
    {
        MethodInfo method => $"{Modifiers(method)}{TypeText.Of(method.ReturnType, Nullability.Create(method.ReturnParameter))} {method.Name}{TypeText.Arguments(method.GetGenericArguments())}({Parameters(method)})",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => Property(property),
        EventInfo happening => $"event {TypeText.Of(happening.EventHandlerType!)} {happening.Name}",
        FieldInfo { IsLiteral: true } field => $"const {TypeText.Of(field.FieldType)} {field.Name} = {Value(field.GetRawConstantValue())}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeText.Of(field.FieldType, Nullability.Create(field))} {field.Name}",
        _ => member.Name,
    };

    private static string Property(PropertyInfo property)
    {
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var get = property.GetMethod is { } getter && IsOpen(getter) ? " get;" : "";
        var set = property.SetMethod is { } setter && IsOpen(setter) ? IsInit(setter) ? " init;" : " set;" : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{required}{Modifiers(property.GetAccessors(nonPublic: true)[0])}{TypeText.Of(property.PropertyType, Nullability.Create(property))} {name} {{{get}{set} }}";
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Modifiers(MethodInfo method) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "")
        + (method.IsStatic ? "static " : "")
        + (method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : method.GetBaseDefinition() != method ? "override " : method.IsVirtual && !method.IsFinal ? "virtual " : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        (parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")
        + $"{TypeText.Of(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue)}" : "");

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
