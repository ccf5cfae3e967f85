using System.Text;
using System.Text.RegularExpressions;
using CabinMood.Core.Songs;
using CabinMood.Storage.Songs;

namespace CabinMood.Storage.Tests;

public sealed class SongCatalogueFileTests
{
    private const string Header = "name,album,artist,id,popularity,length,energy,valence,loudness,tempo,mood,language,uri";
    private const string Row = "Rain on Example Street,Invented Sounds,The Placeholder Parade,demo1,40,215000,0.35,0.2,-9.5,92.5,Sad,en,demo:1";

    [Fact]
    public void A_row_becomes_a_song() =>
        Assert.Equal(
            new Song("demo1", "Rain on Example Street", "The Placeholder Parade", "Invented Sounds", "demo:1", 215_000, "Sad", 0.2f, 0.35f, 92.5f, -9.5f, 40, "en"),
            Assert.Single(Read($"{Header}\n{Row}\n").Songs));

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", false)]
    [InlineData("\r\n", true)]
    public void Line_ends_and_byte_order_marks_do_not_matter(string lineEnd, bool mark)
    {
        var text = $"{(mark ? "\uFEFF" : "")}{Header}{lineEnd}{Row}{lineEnd}{lineEnd}{Row.Replace("demo1", "demo2", StringComparison.Ordinal)}";

        var content = Read(text);

        Assert.Equal(["demo1", "demo2"], content.Songs.Select(s => s.Id));
        Assert.Empty(content.BadRows);
    }

    [Fact]
    public void Quotes_keep_commas_and_quotes()
    {
        var content = Read($"{Header}\n{Row.Replace("Rain on Example Street", "\"Rain, \"\"hard\"\" rain\"", StringComparison.Ordinal)}\n");

        Assert.Equal("Rain, \"hard\" rain", Assert.Single(content.Songs).Name);
    }

    [Fact]
    public void An_inch_sign_in_a_title_is_no_reason_to_lose_the_song()
    {
        var content = Read($"{Header}\n{Row.Replace("Rain on Example Street", "Rain 7\" mix", StringComparison.Ordinal)}\n");

        Assert.Equal("Rain 7\" mix", Assert.Single(content.Songs).Name);
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_its_own_row_only()
    {
        var content = Read($"{Header}\n\"{Row}\n{Row}\n");

        Assert.Single(content.Songs);
        Assert.Equal([new BadRow(2, "a quote is not closed")], content.BadRows);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_line_break_within_quotes_is_part_of_the_text(string lineEnd)
    {
        var content = Read($"{Header}{lineEnd}{Row.Replace("Rain on Example Street", $"\"Rain{lineEnd}on \"\"Example\"\"{lineEnd}Street\"", StringComparison.Ordinal)}{lineEnd}{Row.Replace("demo1", "demo2", StringComparison.Ordinal)}{lineEnd}");

        Assert.Equal(["Rain on \"Example\" Street", "Rain on Example Street"], content.Songs.Select(song => song.Name));
        Assert.Empty(content.BadRows);
    }

    [Fact]
    public void The_rest_of_a_broken_row_is_no_song()
    {
        // One field too many, and the second line on its own has as many fields as a row needs.
        var content = Read($"{Header}\nlost,\"Rain\n{Row.Replace("Street", "Street\"", StringComparison.Ordinal)}\n{Row.Replace("demo1", "demo2", StringComparison.Ordinal)}\n");

        Assert.Equal(["demo2"], content.Songs.Select(song => song.Id));
        Assert.Equal([2, 3], content.BadRows.Select(row => row.Line));
    }

    [Fact]
    public void A_forgotten_quote_costs_no_row_further_down_even_where_others_are_quoted()
    {
        var quoted = Row.Replace("Rain on Example Street", "\"Rain, again\"", StringComparison.Ordinal);
        var rows = Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? Row : quoted).Replace("demo1", $"demo{i}", StringComparison.Ordinal));

        var content = Read($"{Header}\n\"{Row}\n{string.Join('\n', rows)}\n");

        Assert.Equal(100, content.Songs.Count);
        Assert.Equal([new BadRow(2, "a quote is not closed")], content.BadRows);
    }

    [Fact]
    public void A_row_of_megabytes_costs_itself_only()
    {
        var content = Read($"{Header}\n{new string('x', 3_000_000)}\n{Row}\n");

        Assert.Single(content.Songs);
        Assert.Equal([new BadRow(2, "1 fields instead of 13")], content.BadRows);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\n\r\n", "the file is empty")]
    [InlineData("\uFEFF", "the file is empty")]
    [InlineData("\0\u0001\u0002binary", "not a text file in UTF-8")]
    public void What_is_no_table_at_all_is_called_what_it_is(string text, string message) =>
        Assert.Equal(message, Assert.Throws<SongCatalogueException>(() => Read(text)).Message);

    [Fact]
    public void A_file_that_was_cut_within_a_letter_keeps_the_rows_before()
    {
        var whole = Encoding.UTF8.GetBytes($"{Header}\n{Row}\n雨");
        using var stream = new MemoryStream(whole[..^1]);

        var content = SongCatalogueFile.Read(stream, "");

        Assert.Single(content.Songs);
        Assert.Equal(3, Assert.Single(content.BadRows).Line);
    }

    [Fact]
    public void A_folder_is_called_a_folder() =>
        Assert.Equal("it is a folder, not a file", Assert.Throws<IOException>(() => SongCatalogueFile.Read(Path.GetTempPath(), "")).Message);

    [Fact]
    public void Any_script_is_read() =>
        Assert.Equal("雨の見本町", Assert.Single(Read($"{Header}\n{Row.Replace("Rain on Example Street", "雨の見本町", StringComparison.Ordinal)}\n").Songs).Name);

    [Fact]
    public void Columns_may_come_in_any_order_and_number()
    {
        var content = Read("tempo,colour,MOOD,loudness,valence,energy,length,popularity,id,artist,album,name\n90,red,,-9,0.5,0.5,1000,0,x,a,,n\n");

        Assert.Equal(new Song("x", "n", "a", "", "t:x", 1000, "", 0.5f, 0.5f, 90, -9, 0, ""), Assert.Single(content.Songs));
    }

    [Fact]
    public void Missing_columns_are_named() =>
        Assert.Equal(
            "missing columns: album, loudness, tempo",
            Assert.Throws<SongCatalogueException>(() => Read("name,artist,id,popularity,length,energy,valence,mood\n")).Message);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\0\u0001\u0002binary")]
    [InlineData("name,name,album,artist,id,popularity,length,energy,valence,loudness,tempo,mood\n")]
    public void What_has_no_header_is_no_catalogue(string text) =>
        Assert.Throws<SongCatalogueException>(() => Read(text));

    [Theory]
    [InlineData("0.2", "1.2", "valence is \"1.2\", not a number from 0 to 1")]
    [InlineData("0.2", "NaN", "valence is \"NaN\", not a number from 0 to 1")]
    [InlineData("215000", "0", "length is \"0\", not a number from 1 to 86400000")]
    [InlineData("92.5", "fast", "tempo is \"fast\", not a number from 0 to 400")]
    [InlineData("Sad", "Angry", "mood is \"Angry\", not one of Happy, Sad, Energetic, Calm")]
    [InlineData(",en,", ",en gb,", "language is \"en gb\", not a BCP 47 tag")]
    [InlineData("demo1", "", "id is empty")]
    [InlineData("The Placeholder Parade", " ", "artist is empty")]
    [InlineData(",en,demo:1", ",en", "12 fields instead of 13")]
    public void A_bad_row_is_reported_with_its_line_and_skipped(string good, string bad, string reason)
    {
        var content = Read($"{Header}\n{Row}\n\n{Row.Replace(good, bad, StringComparison.Ordinal)}\n{Row.Replace("demo1", "demo2", StringComparison.Ordinal)}\n");

        Assert.Equal([new BadRow(4, reason)], content.BadRows);
        Assert.Equal(["demo1", "demo2"], content.Songs.Select(s => s.Id));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_spoil_their_row_only()
    {
        byte[] latin1 = [.. Encoding.UTF8.GetBytes($"{Header}\n"), 0xE9, .. Encoding.UTF8.GetBytes($"{Row}\n{Row}\n")];
        using var stream = new MemoryStream(latin1);

        var content = SongCatalogueFile.Read(stream, "");

        Assert.Single(content.Songs);
        Assert.Equal(2, Assert.Single(content.BadRows).Line);
    }

    [Fact]
    public void Of_rows_with_one_id_the_last_counts()
    {
        var content = Read($"{Header}\n{Row}\n{Row.Replace("Sad", "Calm", StringComparison.Ordinal)}\n");

        Assert.Equal("Calm", Assert.Single(content.Songs).MoodLabel);
        Assert.Equal(1, content.Merged);
    }

    [Fact]
    public void A_uri_comes_from_the_template_where_a_row_has_none()
    {
        var content = Read($"{Header}\n{Row.Replace("demo:1", "", StringComparison.Ordinal)}\n");

        Assert.Equal("t:demo1", Assert.Single(content.Songs).Uri);
    }

    [Fact]
    public void Without_uri_and_template_a_row_is_bad()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"{Header}\n{Row.Replace("demo:1", "", StringComparison.Ordinal)}\n"));

        Assert.Equal([new BadRow(2, "neither a uri nor a template for one")], SongCatalogueFile.Read(stream, "").BadRows);
    }

    [Fact]
    public void The_starter_catalogue_is_sound_and_covers_the_whole_plane()
    {
        var content = SongCatalogueFile.Read(Path.Combine(AppContext.BaseDirectory, "starter.csv"), "");

        Assert.Empty(content.BadRows);
        Assert.Equal(0, content.Merged);
        Assert.True(content.Songs.Count >= 200);
        Assert.All(content.Songs, song => Assert.Equal($"cabinmood-demo:track:{song.Id}", song.Uri));
        Assert.True(content.Songs.Select(song => song.Language).Distinct().Count() >= 5);
        var cells = content.Songs.Select(song => ((int)(song.Valence * 6), (int)(song.Energy * 6))).Distinct();
        Assert.Equal(36, cells.Count());
        foreach (var label in new[] { "Happy", "Sad", "Energetic", "Calm" })
        {
            Assert.True(content.Songs.Count(song => song.MoodLabel == label) >= 40, label);
        }
    }

    [Fact]
    public void No_starter_song_is_a_version_of_another()
    {
        var content = SongCatalogueFile.Read(Path.Combine(AppContext.BaseDirectory, "starter.csv"), "");
        var titles = content.Songs.Select(song => song.Name).ToList();

        Assert.Equal(titles.Count, titles.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain(titles, title => Regex.IsMatch(title, @"[()\[\]]| [IVX]+$"));
    }

    private static SongCatalogueContent Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return SongCatalogueFile.Read(stream, "t:{id}");
    }
}
