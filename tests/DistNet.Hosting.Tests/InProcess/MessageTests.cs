using System.Reflection;
using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class MessageTests
{
    public static TheoryData<Type> Messages =>
        [.. typeof(IMessage).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IMessage)))];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_says_that_it_carries_a_tensor_exactly_when_it_has_one(Type type)
    {
        var carries = typeof(MessageTests).GetMethod(nameof(Carries), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null);

        carries.ShouldBe(type.GetProperties().Any(property => property.PropertyType == typeof(TensorSlice)));
    }

    private static bool Carries<T>()
        where T : struct, IMessage => T.CarriesTensor;
}
