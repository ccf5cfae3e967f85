using System.Numerics.Tensors;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.OnnxRuntime;

namespace CabinMood.Vision.Recognition;

/// <summary>Reads the expression of one face with a multi-task net. Not thread-safe.</summary>
public sealed class EmotionNet : IDisposable
{
    private readonly FaceAligner _aligner;
    private readonly OnnxSession _session;
    private readonly float _temperature;
    private readonly float _gain;
    private readonly float _offset;

    // Where each emotion of Core's order stands among the net's.
    private readonly int[] _places;

    /// <summary>Loads the net.</summary>
    /// <exception cref="OnnxRuntimeException">The net cannot be loaded.</exception>
    /// <exception cref="ModelCardException">The net's outputs are not those that the card describes.</exception>
    public EmotionNet(VerifiedModel<EmotionCard> model, OnnxSessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        var card = model.Card;
        _aligner = new FaceAligner(card);
        _temperature = card.Temperature;
        (_gain, _offset) = (card.Input.Std[0], card.Input.Mean[0]);
        (CropWidth, CropHeight) = (card.Input.Width!.Value, card.Input.Height!.Value);
        _places = [.. Enum.GetNames<Emotion>().Select(
            name => Array.FindIndex(card.Labels, label => string.Equals(label, name, StringComparison.OrdinalIgnoreCase)))];
        _session = new OnnxSession(
            card.File,
            model.Bytes.Span,
            card.Input.Name,
            [1, card.Input.ChannelCount, card.Input.Height!.Value, card.Input.Width!.Value],
            [card.Outputs.Emotions, card.Outputs.ValenceArousal, card.Outputs.Quality],
            options);
        var lengths = (_session.Output(0).Length, _session.Output(1).Length, _session.Output(2).Length);
        if (lengths != (EmotionProbabilities.Count, 2, 1))
        {
            _session.Dispose();
            throw new ModelCardException(
                $"{model.CardPath}: the net's outputs have {lengths.Item1}, {lengths.Item2} and {lengths.Item3} numbers, but 8, 2 and 1 are needed");
        }
    }

    internal OnnxSession Session => _session;

    /// <summary>Width of the aligned crop in pixels.</summary>
    internal int CropWidth { get; }

    /// <summary>Height of the aligned crop in pixels.</summary>
    internal int CropHeight { get; }

    /// <summary>The first plane of the crop prepared last, normalised: a view into the net's input.</summary>
    internal ReadOnlySpan<float> Crop => _session.Input.Data[..(CropWidth * CropHeight)];

    /// <summary>Aligns a face and reads it.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="landmarks">The face's landmarks in pixels of the frame.</param>
    public EmotionReading Read(in Frame frame, FaceLandmarks landmarks)
    {
        Prepare(frame, landmarks);
        return Run();
    }

    /// <summary>
    /// Reads a picture that already is a face framed as the net learnt it, such as those of FER+: nothing is aligned, the
    /// picture is only brought to the net's size, its width deciding.
    /// </summary>
    public EmotionReading ReadCropped(in Frame picture)
    {
        _aligner.Fit(picture, _session.Input.Data);
        return Run();
    }

    /// <summary>First half of <see cref="Read"/>: aligns and normalises.</summary>
    internal void Prepare(in Frame frame, FaceLandmarks landmarks) => _aligner.Align(frame, landmarks, _session.Input.Data);

    /// <summary>How good the picture of the face prepared last is, 0 to 1; the net has its own opinion besides.</summary>
    internal float Judge(FaceLandmarks landmarks, float maxHeadTurn) =>
        FaceQuality.Of(Crop, CropWidth, _gain, _offset, _aligner.ScaleOf(landmarks), landmarks, maxHeadTurn);

    /// <summary>Second half: runs the net and reads its answer.</summary>
    internal EmotionReading Run()
    {
        _session.Run();
        return Interpret(_session.Output(0).Data, _session.Output(1).Data, _session.Output(2).Data[0]);
    }

    /// <summary>Releases the net.</summary>
    public void Dispose() => _session.Dispose();

    private EmotionReading Interpret(ReadOnlySpan<float> logits, ReadOnlySpan<float> valenceArousal, float quality)
    {
        Span<float> probabilities = stackalloc float[EmotionProbabilities.Count];
        TensorPrimitives.Divide(logits, _temperature, probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);
        var emotions = default(EmotionProbabilities);
        for (var i = 0; i < _places.Length; i++)
        {
            emotions[i] = probabilities[_places[i]];
        }

        return new EmotionReading(
            emotions,
            Math.Clamp(valenceArousal[0], -1, 1),
            Math.Clamp(valenceArousal[1], -1, 1),
            Math.Clamp(quality, 0, 1));
    }
}
