using CabinMood.Vision.Capture;

namespace CabinMood.Vision.Tests.Capture;

public sealed class FrameMailboxTests
{
    [Fact]
    public void The_newest_frame_wins_and_the_others_are_counted()
    {
        var mailbox = new FrameMailbox();
        mailbox.Open();
        for (byte i = 1; i <= 3; i++)
        {
            mailbox.Put(Frame(i));
        }

        var taken = new FrameBuffer();

        Assert.True(mailbox.TryTake(taken));
        Assert.Equal(3, taken.Frame.Luma[0]);
        Assert.Equal((3, 2), (mailbox.Captured, mailbox.Dropped));
        Assert.False(mailbox.TryTake(taken));
    }

    [Fact]
    public void What_waits_when_it_closes_is_wiped_and_nothing_more_gets_in()
    {
        var mailbox = new FrameMailbox();
        mailbox.Open();
        mailbox.Put(Frame(1));

        mailbox.Close();
        mailbox.Put(Frame(2));

        Assert.False(mailbox.TryTake(new FrameBuffer()));
        Assert.False(mailbox.Wait(new FrameBuffer(), TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task A_waiting_reader_is_woken_by_a_frame_and_by_the_end()
    {
        var mailbox = new FrameMailbox();
        mailbox.Open();
        var reader = Task.Run(() => mailbox.Wait(new FrameBuffer(), TimeSpan.FromMinutes(1)));
        mailbox.Put(Frame(1));
        Assert.True(await reader);

        reader = Task.Run(() => mailbox.Wait(new FrameBuffer(), TimeSpan.FromMinutes(1)));
        mailbox.Close();
        Assert.False(await reader);
    }

    [Fact]
    public void Passing_frames_on_allocates_nothing()
    {
        var mailbox = new FrameMailbox();
        mailbox.Open();
        var written = Frame(1);
        var read = Frame(2);
        mailbox.Put(written);
        mailbox.Wait(read, TimeSpan.FromSeconds(1));
        written.Prepare(4, 4);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            mailbox.Put(written);
            mailbox.Wait(read, TimeSpan.FromSeconds(1));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static FrameBuffer Frame(byte value)
    {
        var buffer = new FrameBuffer();
        buffer.Prepare(4, 4).Fill(value);
        return buffer;
    }
}
