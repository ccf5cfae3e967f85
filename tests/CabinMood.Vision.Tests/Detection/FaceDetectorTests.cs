using CabinMood.Core.Faces;
using CabinMood.Vision.Detection;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Detection;

public sealed class FaceDetectorTests
{
    [Fact]
    public void A_window_gives_the_same_face_in_the_frames_own_pixels()
    {
        using var detector = Nets.Detector();
        using var window = Nets.Detector(160, 128);
        var picture = Pictures.Read(Repository.Golden("cabin-frame.png"));
        var driver = detector.Detect(picture.Frame)[0];

        var same = Assert.Single(window.Detect(picture.Frame, new Box(20, 46, 180, 174)).ToArray());

        Assert.InRange(driver.Box.IntersectionOverUnion(same.Box), 0.85f, 1);
        Assert.InRange(System.Numerics.Vector2.Distance(driver.Landmarks.Nose, same.Landmarks.Nose), 0, 3);
    }

    [Fact]
    public void An_empty_picture_holds_no_face()
    {
        using var detector = Nets.Detector();

        Assert.Empty(detector.Detect(Pictures.Flat(320, 240, 90).Frame).ToArray());
    }

    [Fact]
    public void A_higher_threshold_leaves_fewer_faces()
    {
        var model = ModelCardReader.ReadDetector(Nets.DetectorCard);
        var picture = Pictures.Read(Repository.Golden("cabin-frame.png"));
        using var strict = new FaceDetector(model, 320, 240, threshold: 0.99999f, new OnnxSessionOptions());

        Assert.Empty(strict.Detect(picture.Frame).ToArray());
    }

    [Fact]
    public void Anchors_that_do_not_belong_to_the_net_are_refused()
    {
        using var folder = new TempFolder();
        var net = TinyOnnx.Constant(
            "input0", [1, 3, 64, 64], ("output0", [1, 10, 4], new float[40]), ("593", [1, 10, 2], new float[20]), ("592", [1, 10, 10], new float[100]));
        var card = TestCards.WriteDetector(folder, net, card => (card["input"]!["width"], card["input"]!["height"]) = (64, 64));

        var exception = Assert.Throws<ModelCardException>(
            () => new FaceDetector(ModelCardReader.ReadDetector(card), 64, 64, threshold: null, new OnnxSessionOptions()).Dispose());

        Assert.EndsWith("the card's anchors (168 at 64x64) do not belong to the net, which gives 10 boxes", exception.Message, StringComparison.Ordinal);
    }
}
