using System.Text;
using CabinMood.Core.Conductor.Publications;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Core.Safety;
using CabinMood.Core.Songs;
using CabinMood.Messaging.Payloads;

namespace CabinMood.Messaging.Tests;

public sealed class PayloadTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 13, 0, 0, 5, TimeSpan.FromHours(1));

    private static readonly Song Umbrella = new(
        "s1", "Der \"Regenschirm\" ☂", "The Placeholder Parade", "Invented Sounds Vol. 3", "cabinmood-demo:track:s1",
        215_000, "Calm", 0.5f, 0.35f, 92.4567f, -9.5f, 40, "de");

    private readonly Topics _topics = new("car");

    [Fact]
    public void A_mood_is_not_retained_and_hides_its_emotions()
    {
        var message = OutgoingMessage.Of(
            new MoodPublication(Noon, Mood.Tense, -0.12345f, 0.7f, 0.9f, Noon.AddSeconds(-30), FacePresence.Present, null), _topics);

        AssertMessage(
            message, "cabinmood/car/mood", 1, false,
            """{"ts":"2026-11-21T12:00:00.005Z","mood":"tense","valence":-0.123,"arousal":0.7,"confidence":0.9,"since":"2026-11-21T11:59:30.005Z","face":"present"}""");
    }

    [Fact]
    public void What_rounds_to_nothing_is_zero_and_not_minus_zero()
    {
        var message = OutgoingMessage.Of(
            new MoodPublication(Noon, Mood.Neutral, -0.0004f, -0f, 0.9f, Noon, FacePresence.Present, null), _topics);

        Assert.Contains("\"valence\":0,\"arousal\":0,", System.Text.Encoding.UTF8.GetString(message.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mood_shows_its_emotions_where_it_was_told_to()
    {
        var message = OutgoingMessage.Of(
            new MoodPublication(Noon, Mood.Happy, 0, 0, float.NaN, Noon, FacePresence.Obscured, EmotionProbabilities.Certain(Emotion.Happiness)), _topics);

        AssertMessage(
            message, "cabinmood/car/mood", 1, false,
            """{"ts":"2026-11-21T12:00:00.005Z","mood":"happy","valence":0,"arousal":0,"confidence":0,"since":"2026-11-21T12:00:00.005Z","face":"obscured","emotions":{"neutral":0,"happiness":1,"surprise":0,"sadness":0,"anger":0,"disgust":0,"fear":0,"contempt":0}}""");
    }

    [Fact]
    public void A_song_is_retained_and_keeps_its_title_readable()
    {
        var message = OutgoingMessage.Of(
            new SongPublication(Noon, "c1", Umbrella, -1.5f, new SongReason(Mood.Calm, Style.Match, 0.5f, 0.35f, "Calm, as you are."), [Umbrella with { MoodLabel = "" }]), _topics);

        const string song = """{"id":"s1","name":"Der \"Regenschirm\" ☂","artist":"The Placeholder Parade","album":"Invented Sounds Vol. 3","uri":"cabinmood-demo:track:s1","lengthMs":215000,"mood":"calm","valence":0.5,"energy":0.35,"tempo":92.457}""";
        AssertMessage(
            message, "cabinmood/car/song", 1, true,
            $$"""{"ts":"2026-11-21T12:00:00.005Z","choiceId":"c1","song":{{song}},"gainDb":-1.5,"why":{"mood":"calm","style":"match","targetValence":0.5,"targetEnergy":0.35,"text":"Calm, as you are."},"next":[{{song.Replace("\"calm\"", "null", StringComparison.Ordinal)}}]}""");
    }

    [Fact]
    public void A_limiter_says_open_or_why_it_holds()
    {
        AssertMessage(
            OutgoingMessage.Of(new LimiterPublication(Noon, null, null, 3, "The mood may change the music, or already has."), _topics), "cabinmood/car/limiter", 1, true,
            """{"ts":"2026-11-21T12:00:00.005Z","state":"open","reason":null,"until":null,"changesLastHour":3,"text":"The mood may change the music, or already has."}""");
        AssertMessage(
            OutgoingMessage.Of(new LimiterPublication(Noon, HoldReason.MinInterval, Noon.AddMinutes(1), 0, "Too short a time ago."), _topics), "cabinmood/car/limiter", 1, true,
            """{"ts":"2026-11-21T12:00:00.005Z","state":"holding","reason":"min-interval","until":"2026-11-21T12:01:00.005Z","changesLastHour":0,"text":"Too short a time ago."}""");
    }

    [Fact]
    public void Privacy_is_retained() =>
        AssertMessage(
            OutgoingMessage.Of(new PrivacyPublication(Noon, false, Consent.Withheld, "t-7", false, "A camera…"), _topics), "cabinmood/car/privacy", 1, true,
            """{"ts":"2026-11-21T12:00:00.005Z","camera":"off","consent":"withheld","trip":"t-7","eventLog":false,"notice":"A camera…"}""");

    [Fact]
    public void A_reply_is_not_retained() =>
        AssertMessage(
            OutgoingMessage.Of(new ReplyPublication(Noon, "a1", ReplyStatus.Error, "expired"), _topics), "cabinmood/car/reply", 1, false,
            """{"id":"a1","status":"error","error":"expired","ts":"2026-11-21T12:00:00.005Z"}""");

    [Fact]
    public void A_forgotten_song_removes_the_retained_one() =>
        AssertMessage(OutgoingMessage.Of(new SongForgotten(Noon), _topics), "cabinmood/car/song", 1, true, "");

    [Fact]
    public void Health_expires()
    {
        var health = HealthPayload.From(
            Noon, HealthState.Degraded, ["broker-away"], 29.97, double.NaN, 21.23456, 40, 7, 151.5, TimeSpan.FromSeconds(61.9), "0.1.0",
            new Dictionary<string, string> { ["emotion"] = "v1" },
            RefusedPayload.From(2, 1, 3, VehicleState.Unknown.Without(VehicleSignal.DmsWarning).Without(VehicleSignal.DmsWarning)),
            [VehicleSignal.Gear, VehicleSignal.EyesClosed]);

        var message = OutgoingMessage.Of(health, _topics);

        AssertMessage(
            message, "cabinmood/car/health", 0, true,
            """{"ts":"2026-11-21T12:00:00.005Z","state":"degraded","reasons":["broker-away"],"fps":29.97,"analysisHz":0,"latencyMs":{"p50":21.235,"p99":40},"droppedFrames":7,"rssMb":151.5,"uptimeS":61,"version":"0.1.0","models":{"emotion":"v1"},"refused":{"commands":2,"player":1,"responseTopics":3,"signals":{"dms-warning":2}},"staleSignals":["gear","eyes-closed"]}""");
        Assert.Equal(TimeSpan.FromSeconds(30), message.Expiry);
    }

    private static void AssertMessage(in OutgoingMessage message, string topic, int qos, bool retain, string json)
    {
        Assert.Equal(json, Encoding.UTF8.GetString(message.Payload.Span));
        Assert.Equal((topic, qos, retain), (message.Topic, message.Qos, message.Retain));
    }
}
