using System.Reflection;
using System.Runtime.CompilerServices;
using DistNet.Protocol;

namespace DistNet.Architecture.Tests;

public sealed class MessageTests
{
    public static TheoryData<Type> Carriers => [.. typeof(IMessage).Assembly.GetTypes()
        .Where(type => type.IsValueType && typeof(IMessage).IsAssignableFrom(type) && SliceOf(type) is not null)];

    [Fact]
    public void Pushes_parameters_cuts_and_final_partitions_carry_tensors() =>
        ((IEnumerable<object?[]>)Carriers).Select(row => (Type)row[0]!).ShouldBe([typeof(Push), typeof(Parameters), typeof(Final), typeof(CutPart)], ignoreOrder: true);

    /// <summary>A copy, as a network delivers it, has a tensor of its own with the same values, in the one place where there is a tensor.</summary>
    [Theory]
    [MemberData(nameof(Carriers))]
    public void A_message_with_a_tensor_says_so_and_is_copied_with_it(Type type)
    {
        using var sender = new TensorPool();
        using var receiver = new TensorPool();
        var tensor = sender.Rent(20);
        tensor.Span.Fill(3);
        var message = Activator.CreateInstance(type)!;
        typeof(MessageTests).GetMethod(nameof(RoundTrip), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, [message, tensor.All.Slice(4, 16), receiver]);
        tensor.Release();
        sender.Outstanding.ShouldBe(0);
        receiver.Outstanding.ShouldBe(0);
    }

    /// <summary>The compiler would call ToString of the pointer itself, and the runtime dies when it optimises that, often only after many calls.</summary>
    [Fact]
    public void A_record_that_shows_a_pointer_has_words_of_its_own() =>
        typeof(IMessage).Assembly.GetTypes()
            .Where(type => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null)
            .Where(type => type.GetProperties().Any(property => property.PropertyType.IsPointer))
            .ShouldAllBe(type => !type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static void RoundTrip<T>(object empty, TensorSlice slice, TensorPool receiver)
        where T : struct, IMessage
    {
        SliceOf(typeof(T))!.SetValue(empty, slice);
        var message = (T)empty;
        message.Tensor.ShouldBe(slice);
        var copy = Envelope<T>.Rent(ActorId.Worker(1), 2, ActorId.Server(3), message).CopyTo(receiver);
        copy.ShouldBeOfType<Envelope<T>>();
        (copy.From, copy.FromIncarnation, copy.To).ShouldBe((ActorId.Worker(1), 2, ActorId.Server(3)));
        copy.Tensor.Tensor.ShouldNotBeSameAs(slice.Tensor);
        copy.Tensor.Span.SequenceEqual(slice.Span).ShouldBeTrue();
        copy.Tensor.Release();
    }

    private static FieldInfo? SliceOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).SingleOrDefault(field => field.FieldType == typeof(TensorSlice));
}
