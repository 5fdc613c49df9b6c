using System.Reflection;
using DistNet.Numerics;
using DistNet.Protocol;

namespace DistNet.TestKit;

/// <summary>Draws values of any record of the protocol by its constructor, edges more often than chance would.</summary>
public sealed class Draw(int seed, TensorPool pool)
{
    private static readonly string[] MayBeNone = ["UnitId.Lane", "Report.NonFiniteLayer", "Hello.Index"];

    private readonly Random _random = new(seed);
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>The records that travel.</summary>
    public static Type[] Messages => [.. typeof(IMessage).Assembly.GetTypes()
        .Where(type => type.IsValueType && typeof(IMessage).IsAssignableFrom(type) && !Observations.Contains(type))];

    /// <summary>The records that a host is told and that never leave it.</summary>
    public static Type[] Observations =>
    [
        typeof(GenerationAwaited), typeof(GenerationOpened), typeof(Advanced), typeof(EpochEnded), typeof(Scored), typeof(MilestoneBegan), typeof(CutTaken), typeof(CutUnreadable),
        typeof(WorkerObserved), typeof(LaneLate), typeof(RuleSwitched), typeof(DriftMeasured), typeof(RateJudged), typeof(AsynchronyObserved), typeof(UnitObserved), typeof(Waiting), typeof(RunCompleted), typeof(RunFailed),
    ];

    public T Value<T>() => (T)Value(typeof(T));

    /// <summary>An envelope of the message type; a tensor in it is lent.</summary>
    public Envelope Envelope(Type message)
    {
        var rent = typeof(Envelope<>).MakeGenericType(message).GetMethod("Rent")!;
        return (Envelope)rent.Invoke(null, [Value<ActorId>(), Count(), Value<ActorId>(), Value(message)])!;
    }

    private object Value(Type type) => type switch
    {
        _ when type == typeof(bool) => _random.Next(2) == 0,
        _ when type == typeof(int) => (int)Math.Min(Count(), int.MaxValue),
        _ when type == typeof(long) => Count(),
        _ when type == typeof(string) => Text(),
        _ when type == typeof(ulong) => (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
        _ when type == typeof(float) => Single(),
        _ when type == typeof(double) => Double(),
        _ when type == typeof(TimeSpan) => new TimeSpan(Count()),
        _ when type == typeof(TreeNode) => Node(),
        _ when type == typeof(TensorSlice) => Tensor(),
        _ when type == typeof(CutPart) => CutPart(),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length))!,
        _ when type.IsGenericType => List(type.GetGenericArguments().Single()),
        _ => Record(type),
    };

    private object Record(Type type)
    {
        var make = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length);
        return make is null ? Activator.CreateInstance(type)! : make.Invoke([.. make.GetParameters().Select(Argument)]);
    }

    private object? Argument(ParameterInfo parameter)
    {
        if (MayBeNone.Contains($"{parameter.Member.DeclaringType!.Name}.{parameter.Name}") && _random.Next(2) == 0)
        {
            return -1;
        }

        var isNullable = _nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        return isNullable && _random.Next(3) == 0 ? null : Value(parameter.ParameterType);
    }

    private Array List(Type item)
    {
        var items = Array.CreateInstance(item, _random.Next(5));
        for (var i = 0; i < items.Length; i++)
        {
            items.SetValue(Value(item), i);
        }

        return items;
    }

    private long Count() => _random.Next(7) switch
    {
        0 => 0,
        1 => _random.Next(127, 130),
        2 => int.MaxValue,
        3 => long.MaxValue,
        4 => _random.NextInt64(long.MaxValue),
        _ => _random.Next(100_000),
    };

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(4) == 0 ? 300 : _random.Next(20)).Select(_ => "aZ0:-.\u00e9\u4e16\0"[_random.Next(9)]));

    private TreeNode Node()
    {
        var level = _random.Next(31);
        return new TreeNode(level, _random.Next((int)(int.MaxValue / (1L << level))));
    }

    private double Double() => _random.Next(6) switch
    {
        0 => -0.0,
        1 => double.Epsilon,
        2 => BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0000UL + (uint)_random.Next(1, int.MaxValue)),
        3 => double.NegativeInfinity,
        _ => BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue)),
    };

    private float Single() => BitConverter.Int32BitsToSingle(_random.Next(4) == 0 ? int.MinValue : _random.Next(int.MinValue, int.MaxValue));

    private CutPart CutPart()
    {
        var parts = _random.Next(1, 17);
        return new CutPart(Count(), (int)Math.Min(Count(), int.MaxValue), Value<ApplyLog>(), _random.Next(parts), parts, Tensor());
    }

    private TensorSlice Tensor()
    {
        var length = _random.Next(3) == 0 ? _random.Next(2000, 3000) : _random.Next(1, 40);
        var tensor = pool.Rent(length);
        for (var i = 0; i < length; i++)
        {
            tensor.Span[i] = Single();
        }

        var offset = _random.Next(length);
        return tensor.All.Slice(offset, length - offset);
    }
}
