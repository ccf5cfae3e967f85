using CabinMood.Core.Safety;

namespace CabinMood.Messaging.Tests;

public sealed class ResponseTopicsTests
{
    [Theory]
    [InlineData("head-unit/answers")]
    [InlineData("cabinmoods/answers")]
    [InlineData("vssx/answers")]
    [InlineData("/answers")]
    public void An_answer_may_go_to_a_topic_of_the_askers(string topic) => Assert.True(new ResponseTopics(new VehicleOptions()).MayAnswerTo(topic));

    [Theory]
    [InlineData("cabinmood")]
    [InlineData("cabinmood/car")]
    [InlineData("cabinmood/car/privacy")]
    [InlineData("cabinmood/car/reply")]
    [InlineData("cabinmood/bus/set/erase")]
    [InlineData("cabinmood//car/set/erase")]
    public void No_answer_goes_to_a_CabinMoods_topics(string topic) => AssertRefused(topic);

    [Theory]
    [InlineData("vss")]
    [InlineData("vss/availability")]
    [InlineData("vss/Vehicle/Speed")]
    [InlineData("vss/Vehicle/Cabin/Infotainment/Media/Action")]
    [InlineData("cabin/call")]
    [InlineData("cabin/anything")]
    public void No_answer_goes_to_the_vehicles_topics(string topic) => AssertRefused(topic);

    [Theory]
    [InlineData("can/speed")]
    [InlineData("can/lamp")]
    [InlineData("gateway/alive")]
    [InlineData("/signals/call")]
    [InlineData("/anything")]
    [InlineData("vss/Vehicle/Speed")]
    [InlineData("cabin/seat")]
    public void A_vehicle_that_reports_elsewhere_keeps_that_for_itself_too(string topic)
    {
        var vehicle = new VehicleOptions();
        foreach (var signal in Enum.GetValues<VehicleSignal>())
        {
            (vehicle[signal].Topic, vehicle[signal].Availability) = ($"can/{signal}", "gateway/alive");
        }

        vehicle.Call.Topic = "/signals/call";

        Assert.False(new ResponseTopics(vehicle).MayAnswerTo(topic));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$SYS/broker/uptime")]
    [InlineData("$share/group/answers")]
    [InlineData("head-unit/+")]
    [InlineData("#")]
    [InlineData("head-unit/\0answers")]
    [InlineData("head-unit/\nanswers")]
    [InlineData("head-unit/\u009fanswers")]
    public void Nothing_goes_where_nobody_can_or_should_publish(string topic) => AssertRefused(topic);

    [Theory]
    [InlineData(ResponseTopics.MaxLength, true)]
    [InlineData(ResponseTopics.MaxLength + 1, false)]
    public void A_topic_that_would_fill_the_memory_is_refused(int length, bool isAllowed) =>
        Assert.Equal(isAllowed, new ResponseTopics(new VehicleOptions()).MayAnswerTo(new string('x', length)));

    [Fact]
    public void Without_a_topic_there_is_no_address_and_without_data_an_empty_one()
    {
        var topics = new ResponseTopics(new VehicleOptions());

        Assert.Null(topics.AddressOf(new IncomingMessage("cabinmood/car/set/erase", default)));
        Assert.Null(topics.AddressOf(new IncomingMessage("cabinmood/car/set/erase", default, ResponseTopic: "cabin/call")));
        var address = topics.AddressOf(new IncomingMessage("cabinmood/car/set/erase", default, ResponseTopic: "answers"));
        Assert.Equal("answers", address!.ResponseTopic);
        Assert.True(address.CorrelationData.IsEmpty);
    }

    private static void AssertRefused(string topic) => Assert.False(new ResponseTopics(new VehicleOptions()).MayAnswerTo(topic));
}
