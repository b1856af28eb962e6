using CsCheck;
using Siaga.Messaging.RabbitMq;

namespace Siaga.Tests.Unit.Messaging;

public sealed class LaneChoiceTests
{
    private const int Lanes = 16;

    private static readonly Gen<string> s_group = Gen.Char['a', 'z'].Array[1, 12].Select(c => new string(c));

    [Fact]
    public void A_group_has_two_different_lanes_and_always_the_same() => s_group.Sample(group =>
    {
        var (first, second) = new LaneChoice(Lanes).LanesOf(group);
        return first != second && first is >= 0 and < Lanes && second is >= 0 and < Lanes
            && new LaneChoice(Lanes).LanesOf(group) == (first, second);
    });

    [Fact]
    public void A_message_goes_into_one_of_its_groups_lanes_whatever_they_hold() =>
        Gen.Select(s_group, Gen.Long[0, 1000].Array[Lanes], Gen.Int[1, 50]).Sample((group, depths, messages) =>
        {
            var choice = new LaneChoice(Lanes);
            var (first, second) = choice.LanesOf(group);
            return Enumerable.Range(0, messages).All(_ => choice.Choose(group, depths) is var lane && (lane == first || lane == second));
        });

    [Fact]
    public void A_group_leaves_a_lane_that_others_fill()
    {
        var choice = new LaneChoice(Lanes);
        var (first, second) = choice.LanesOf("7");
        var depths = new long[Lanes];
        depths[first] = 100;
        Assert.Equal(second, choice.Choose("7", depths));
    }

    [Fact]
    public void A_group_stays_in_a_lane_that_it_fills_by_itself()
    {
        var choice = new LaneChoice(Lanes);
        var (first, _) = choice.LanesOf("7");
        var depths = new long[Lanes];
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(first, choice.Choose("7", depths));
            depths[first]++;
        }
    }
}
