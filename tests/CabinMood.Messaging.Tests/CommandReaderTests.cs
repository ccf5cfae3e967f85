using System.Text;
using CabinMood.Core.Conductor.Commands;
using CabinMood.Core.Moods;
using CabinMood.Core.Songs;
using CabinMood.Messaging.Commands;

namespace CabinMood.Messaging.Tests;

public sealed class CommandReaderTests
{
    private const string Unknown = "unknown command; set/ is followed by one of override, feedback, style, taste, consent, camera, erase";

    private readonly CommandReader _reader = new(new Topics("car"));

    [Fact]
    public void Correlation_data_that_would_fill_the_memory_is_refused()
    {
        var message = new IncomingMessage("cabinmood/car/set/erase", "{\"id\":\"a\"}"u8.ToArray(), ResponseTopic: "answers", CorrelationData: new byte[IncomingMessage.MaxCorrelationBytes]);
        var tooMuch = message with { CorrelationData = new byte[IncomingMessage.MaxCorrelationBytes + 1] };

        Assert.True(_reader.Read(message).IsRead);
        Assert.Equal(new Refusal("a", "too large: correlation data has at most 1024 bytes"), _reader.Read(tooMuch).Refusal);
    }

    [Fact]
    public void A_mood_override_for_the_trip_is_read() =>
        Assert.Equal(
            new OverrideMood("a1", CommandSource.Voice, "t-7", Mood.Calm, OverrideSpan.Trip),
            Command("override", """{"id":"a1","source":"voice","trip":"t-7","mood":"calm","for":"trip"}"""));

    [Theory]
    [InlineData("PT10M", 600)]
    [InlineData("PT1.5S", 1.5)]
    [InlineData("PT1H30M", 5400)]
    [InlineData("PT24H", 86400)]
    [InlineData("P1D", 86400)]
    public void An_override_for_a_duration_is_read(string duration, double seconds) =>
        Assert.Equal(
            OverrideSpan.For(TimeSpan.FromSeconds(seconds)),
            Assert.IsType<OverrideMood>(Command("override", Mooded("calm", duration))).Span);

    [Theory]
    [InlineData("PT0S")]
    [InlineData("P1DT1S")]
    [InlineData("PT25H")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P1W")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("-PT5M")]
    [InlineData("PT-5M")]
    [InlineData("PT5M\\n")]
    [InlineData("PT99999999999999999999H")]
    [InlineData("ten minutes")]
    [InlineData("TRIP")]
    public void An_override_for_anything_else_is_refused(string duration) =>
        Assert.Contains("\"for\" must be", Refused("override", Mooded("calm", duration)).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("next", OverrideAction.Next)]
    [InlineData("previous-target", OverrideAction.PreviousTarget)]
    [InlineData("auto", OverrideAction.Auto)]
    [InlineData("stop", OverrideAction.Stop)]
    public void A_button_is_read(string action, OverrideAction expected) =>
        Assert.Equal(
            new OverrideButton("a1", CommandSource.Wheel, "t", expected),
            Command("override", $$"""{"id":"a1","source":"wheel","trip":"t","action":"{{action}}"}"""));

    [Fact]
    public void Clearing_an_override_needs_no_trip() =>
        Assert.Equal(
            new ClearOverride("a1", CommandSource.Touch),
            Command("override", """{"id":"a1","source":"touch","clear":true}"""));

    [Fact]
    public void Feedback_is_read() =>
        Assert.Equal(
            new GiveFeedback("a1", CommandSource.Touch, FeedbackKind.Skip, "c9"),
            Command("feedback", """{"id":"a1","source":"touch","kind":"skip","choiceId":"c9"}"""));

    [Fact]
    public void A_style_is_read() =>
        Assert.Equal(new SetStyle("a1", Style.Lift), Command("style", """{"id":"a1","style":"lift"}"""));

    [Fact]
    public void Taste_is_read_in_any_script()
    {
        var taste = Assert.IsType<SetTaste>(Command(
            "taste", """{"id":"a1","artists":["Зонт","傘"],"languages":["ru","ja"],"excludeArtists":[]}"""));

        Assert.Equal(["Зонт", "傘"], taste.Artists);
        Assert.Equal(["ru", "ja"], taste.Languages);
        Assert.Empty(taste.ExcludeArtists);
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("de-AT", true)]
    [InlineData("ZH-hant-TW", true)]
    [InlineData("es-419", true)]
    [InlineData("gsw", true)]
    [InlineData("sl-rozaj-biske-1994", true)]
    [InlineData("de-u-co-phonebk", true)]
    [InlineData("en-x-cabin", true)]
    [InlineData("art-lojban", true)]
    [InlineData("x-cabin", false)]
    [InlineData("i-klingon", false)]
    [InlineData("en-GB-oed", false)]
    [InlineData("abcd", false)]
    [InlineData("english", false)]
    [InlineData("e", false)]
    [InlineData("de_AT", false)]
    [InlineData("de-", false)]
    [InlineData("-de", false)]
    [InlineData("de AT", false)]
    [InlineData("12", false)]
    [InlineData("de-AT-Latn", false)]
    [InlineData("русский", false)]
    [InlineData("*", false)]
    [InlineData("de\n", false)]
    public void A_language_is_a_tag_whose_language_has_two_or_three_letters(string tag, bool isOne) => Assert.Equal(isOne, LanguageTag.IsWellFormed(tag));

    [Theory]
    [InlineData("""{"id":"a1","granted":true,"trip":"t-7"}""", true, "t-7")]
    [InlineData("""{"id":"a1","granted":false}""", false, null)]
    public void Consent_is_read(string json, bool granted, string? trip) =>
        Assert.Equal(new SetConsent("a1", granted, trip), Command("consent", json));

    [Theory]
    [InlineData("""{"id":"a1","on":true,"trip":"t-7"}""", true, "t-7")]
    [InlineData("""{"id":"a1","on":false,"trip":"old"}""", false, "old")]
    public void The_camera_switch_is_read(string json, bool on, string? trip) =>
        Assert.Equal(new SetCamera("a1", on, trip), Command("camera", json));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"\\ud800\"")]
    public void Nothing_that_stands_in_trip_refuses_a_no(string trip)
    {
        Assert.Equal(new SetCamera("a1", false, null), Command("camera", $$"""{"id":"a1","on":false,"trip":{{trip}}}"""));
        Assert.Equal(new SetConsent("a1", false, null), Command("consent", $$"""{"id":"a1","granted":false,"trip":{{trip}}}"""));
    }

    [Fact]
    public void Erasing_is_read() => Assert.Equal(new EraseDriver("a1"), Command("erase", """{"id":"a1"}"""));

    [Fact]
    public void Fields_of_a_newer_head_unit_are_ignored() =>
        Assert.Equal(new EraseDriver("a1"), Command("erase", """{"id":"a1","why":{"nested":[1,2]}}"""));

    [Theory]
    [InlineData("consent", """{"id":"a1","granted":true}""", "\"trip\" is missing")]
    [InlineData("camera", """{"id":"a1","on":true}""", "\"trip\" is missing")]
    [InlineData("camera", """{"id":"a1","on":"yes"}""", "\"on\" must be true or false")]
    [InlineData("camera", """{"id":"a1","on":null}""", "\"on\" is missing")]
    [InlineData("override", """{"id":"a1","source":"voice","mood":"calm","for":"trip"}""", "\"trip\" is missing")]
    [InlineData("override", """{"id":"a1","source":"voice","trip":"t","mood":"calm"}""", "\"for\" is missing")]
    [InlineData("override", """{"id":"a1","source":"voice","trip":"t","mood":"unknown","for":"trip"}""", "\"mood\" must be one of happy, energetic, calm, neutral, sad, tense")]
    [InlineData("override", """{"id":"a1","source":"voice","trip":"t","mood":"Calm","for":"trip"}""", "\"mood\" must be one of happy, energetic, calm, neutral, sad, tense")]
    [InlineData("override", """{"id":"a1","source":"mind","trip":"t","mood":"calm","for":"trip"}""", "\"source\" must be one of voice, wheel, touch")]
    [InlineData("override", """{"id":"a1","source":"voice","trip":"t"}""", "exactly one of \"mood\", \"action\" and \"clear\" must be given")]
    [InlineData("override", """{"id":"a1","source":"voice","trip":"t","mood":"calm","action":"next","for":"trip"}""", "exactly one of \"mood\", \"action\" and \"clear\" must be given")]
    [InlineData("override", """{"id":"a1","source":"voice","clear":false}""", "\"clear\" must be true")]
    [InlineData("feedback", """{"id":"a1","source":"touch","kind":"skip"}""", "\"choiceId\" is missing")]
    [InlineData("feedback", """{"id":"a1","source":"touch","kind":"skip","choiceId":7}""", "\"choiceId\" must be a text of 1 to 64 characters")]
    [InlineData("feedback", """{"id":"a1","source":"touch","kind":"skip","choiceId":"\ud800"}""", "\"choiceId\" must be a text of 1 to 64 characters")]
    [InlineData("taste", """{"id":"a1","artists":"x","languages":[],"excludeArtists":[]}""", "\"artists\" must be a list of at most 100 texts of 1 to 200 characters, none of them blank")]
    [InlineData("taste", """{"id":"a1","artists":[1],"languages":[],"excludeArtists":[]}""", "\"artists\" must be a list of at most 100 texts of 1 to 200 characters, none of them blank")]
    [InlineData("taste", """{"id":"a1","artists":[],"languages":[],"excludeArtists":["x","  "]}""", "\"excludeArtists\" must be a list of at most 100 texts of 1 to 200 characters, none of them blank")]
    [InlineData("taste", """{"id":"a1","artists":[],"languages":["en","english"],"excludeArtists":[]}""", "\"languages\" must be a list of language tags such as en, de-AT or zh-Hant; entry 2 is none")]
    [InlineData("style", """{"id":"a1","style":"1"}""", "\"style\" must be one of match, lift, calm")]
    [InlineData("style", """{"id":"a1","style":"lift","style":"calm"}""", "a key occurs twice")]
    [InlineData("style", """{"id":"a1","style":NaN}""", "not valid JSON")]
    [InlineData("style", """{"id":"a1","style":"lift"}}""", "not valid JSON")]
    [InlineData("volume", """{"id":"a1"}""", Unknown)]
    [InlineData("override/x", """{"id":"a1"}""", Unknown)]
    [InlineData("", """{"id":"a1"}""", Unknown)]
    public void What_is_wrong_is_said_to_the_id_that_asked(string command, string json, string error) =>
        Assert.Equal(new Refusal("a1", error), Refused(command, json));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"id":"12345678901234567890123456789012345678901234567890123456789012345"}""")]
    [InlineData("""{"id":"a\u0000b"}""")]
    [InlineData("\uFEFF{}")]
    [InlineData("\uFEFF")]
    [InlineData("""["id","a1"]""")]
    [InlineData("""{"inner":{"id":"a1"}}""")]
    [InlineData("")]
    public void Without_a_usable_id_there_is_nobody_to_tell(string json) => Assert.Null(Refused("erase", json).Id);

    [Fact]
    public void An_id_of_64_characters_is_allowed() =>
        Assert.Equal(new EraseDriver(new string('x', 64)), Command("erase", $$"""{"id":"{{new string('x', 64)}}"}"""));

    [Fact]
    public void A_retained_command_is_refused() =>
        Assert.Equal(
            new Refusal("a1", "retained: a command must not be retained"),
            _reader.Read(Message("erase", """{"id":"a1"}"""u8.ToArray()) with { Retained = true }).Refusal);

    [Fact]
    public void A_command_over_16_KiB_is_refused_and_its_id_found()
    {
        var cut = $$"""{"id":"a1","artists":["{{new string('a', IncomingMessage.MaxKeptBytes)}}""";

        Assert.Equal(
            new Refusal("a1", "too large: a command has at most 16384 bytes"),
            Refused("taste", cut[..IncomingMessage.MaxKeptBytes]));
    }

    [Fact]
    public void What_is_not_UTF_8_is_refused() =>
        Assert.Equal(
            new Refusal("a1", "not valid UTF-8"),
            _reader.Read(Message("style", [.. """{"id":"a1","style":" """u8, 0xC3, 0x28, .. "\"}"u8])).Refusal);

    [Fact]
    public void A_byte_order_mark_is_refused_and_the_id_behind_it_found() =>
        Assert.Equal(
            new Refusal("a1", "not valid JSON: a byte-order mark stands before it"),
            Refused("style", "\uFEFF{\"id\":\"a1\",\"style\":\"calm\"}"));

    [Fact]
    public void Random_bytes_never_throw()
    {
        const int seed = 20261121;
        var random = new Random(seed);
        var commands = new[] { "override", "feedback", "style", "taste", "consent", "camera", "erase", "x" };
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[i % 700 == 0 ? IncomingMessage.MaxKeptBytes : random.Next(0, 200)];
            random.NextBytes(bytes);
            Assert.False(_reader.Read(Message(commands[i % commands.Length], bytes)).IsRead, $"seed {seed}, round {i}");
        }
    }

    [Fact]
    public void Valid_commands_with_random_damage_never_throw()
    {
        const int seed = 20261122;
        var random = new Random(seed);
        var original = Encoding.UTF8.GetBytes("""{"id":"a1","source":"voice","trip":"t-7","mood":"calm","for":"PT10M","artists":["x"],"on":true}""");
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = original.ToArray();
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var reading = _reader.Read(Message("override", bytes.AsMemory(0, random.Next(bytes.Length + 1)).ToArray()));
            Assert.True(reading.IsRead ^ reading.Refusal is not null, $"seed {seed}, round {i}");
        }
    }

    private static string Mooded(string mood, string span) =>
        $$"""{"id":"a1","source":"voice","trip":"t-7","mood":"{{mood}}","for":"{{span}}"}""";

    private static IncomingMessage Message(string command, byte[] payload) => new($"cabinmood/car/set/{command}", payload);

    private Command Command(string command, string json)
    {
        var reading = _reader.Read(Message(command, Encoding.UTF8.GetBytes(json)));
        Assert.True(reading.IsRead, reading.Refusal?.Error);
        return reading.Value;
    }

    private Refusal Refused(string command, string json)
    {
        var reading = _reader.Read(Message(command, Encoding.UTF8.GetBytes(json)));
        Assert.False(reading.IsRead);
        return reading.Refusal;
    }
}
