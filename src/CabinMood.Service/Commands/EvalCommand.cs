using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CabinMood.Service.Evaluation;
using Spectre.Console;

namespace CabinMood.Service.Commands;

/// <summary><c>cabinmood eval</c>: scores of the nets on labelled pictures.</summary>
internal static class EvalCommand
{
    // Cabin faces have 60 px and more; below 40 nothing is asked of the detector.
    private const float DefaultMinFacePx = 40;

    public static Command Create(Terminal terminal) => new("eval", "Scores the nets on labelled pictures.")
    {
        CreateEmotion(terminal),
        CreateDetector(terminal),
    };

    private static Command CreateEmotion(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "A folder with one folder of pictures per class." };
        var noDetect = new Option<bool>("--no-detect") { Description = "The pictures are ready crops: read them whole." };
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("emotion", """
            Accuracy, macro-F1, calibration error and confusion of the emotion net. Classes without a folder leave the softmax, which is renormalised; names such as happy, angry or fearful are understood.

            Examples:
              cabinmood eval emotion faces/
              cabinmood eval emotion crops/ --no-detect --json
            """)
        {
            folder, noDetect, json, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = CommonOptions.Load(parsed.GetValue(config));
            var root = parsed.GetValue(folder)!;
            var classes = EmotionEvaluation.FindClasses(root);
            using var evaluation = new EmotionEvaluation(options.Perception, detect: !parsed.GetValue(noDetect));
            var scores = ProgressBar.Run(terminal, "reading expressions", report => evaluation.Run(classes, report, cancellation));
            if (parsed.GetValue(json))
            {
                terminal.Line(Json(scores, evaluation));
            }
            else
            {
                Print(terminal, scores, evaluation);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Command CreateDetector(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that the truth's paths start from." };
        var truth = new Option<string>("--truth") { Description = "Faces in WIDER FACE's bbx_gt format.", HelpName = "FILE", Required = true };
        var minFace = new Option<float>("--min-face")
        {
            Description = "Faces whose shorter side has fewer pixels do not count.",
            HelpName = "PX",
            DefaultValueFactory = _ => DefaultMinFacePx,
        };
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("detector", """
            Recall, precision and false alarms of the detector at IoU 0.5.

            Example:
              cabinmood eval detector pictures/ --truth wider_face_val_bbx_gt.txt
            """)
        {
            folder, truth, minFace, json, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = CommonOptions.Load(parsed.GetValue(config));
            var truths = WiderTruth.Read(parsed.GetValue(truth)!);
            using var evaluation = new DetectorEvaluation(options.Perception, parsed.GetValue(minFace));
            var scores = ProgressBar.Run(terminal, "finding faces", report => evaluation.Run(parsed.GetValue(folder)!, truths, report, cancellation));
            terminal.Line(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new
                {
                    scores.Pictures,
                    scores.Faces,
                    recall = Round(scores.Recall),
                    precision = Round(scores.Precision),
                    falseAlarmsPerPicture = Round(scores.FalseAlarmsPerPicture),
                    unreadable = evaluation.Unreadable,
                    medianMs = Round(evaluation.MedianMs),
                }, JsonSerializerOptions.Web)
                : string.Create(CultureInfo.InvariantCulture, $"{scores.Pictures} pictures, {scores.Faces} faces: recall {scores.Recall:P2}, precision {scores.Precision:P2}, {scores.FalseAlarmsPerPicture:0.000} false alarms a picture, {evaluation.MedianMs:0.00} ms a picture; {evaluation.Unreadable} pictures unreadable"));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static string Json(EmotionScores scores, EmotionEvaluation evaluation) => JsonSerializer.Serialize(new
    {
        accuracy = Round(scores.Accuracy),
        macroF1 = Round(scores.MacroF1),
        ece = Round(scores.Ece),
        accuracyInterval = new[] { Round(scores.AccuracyInterval.Low), Round(scores.AccuracyInterval.High) },
        macroF1Interval = new[] { Round(scores.MacroF1Interval.Low), Round(scores.MacroF1Interval.High) },
        pictures = scores.Count,
        withoutFace = evaluation.WithoutFace,
        unreadable = evaluation.Unreadable,
        medianMs = Round(evaluation.MedianMs),
        classes = scores.Classes.Select((emotion, i) => new
        {
            name = EmotionNames.Of(emotion),
            precision = Round(scores.Precision(i)),
            recall = Round(scores.Recall(i)),
            takenFor = scores.Classes.Select((other, j) => (Name: EmotionNames.Of(other), Count: scores.Confusion(i, j))).ToDictionary(entry => entry.Name, entry => entry.Count),
        }),
    }, JsonSerializerOptions.Web);

    private static void Print(Terminal terminal, EmotionScores scores, EmotionEvaluation evaluation)
    {
        var table = new Table().Title("rows: the folder says; columns: the net says").AddColumn("");
        foreach (var emotion in scores.Classes)
        {
            table.AddColumn(new TableColumn(EmotionNames.Of(emotion)).RightAligned());
        }

        table.AddColumn("precision").AddColumn("recall");
        for (var i = 0; i < scores.Classes.Count; i++)
        {
            string[] cells =
            [
                EmotionNames.Of(scores.Classes[i]),
                .. scores.Classes.Select((_, j) => scores.Confusion(i, j).ToString(CultureInfo.InvariantCulture)),
                scores.Precision(i).ToString("0.000", CultureInfo.InvariantCulture),
                scores.Recall(i).ToString("0.000", CultureInfo.InvariantCulture),
            ];
            table.AddRow(cells);
        }

        terminal.Rich.Write(table);
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"accuracy {scores.Accuracy:0.0000} [{scores.AccuracyInterval.Low:0.0000}, {scores.AccuracyInterval.High:0.0000}]  macro-F1 {scores.MacroF1:0.0000} [{scores.MacroF1Interval.Low:0.0000}, {scores.MacroF1Interval.High:0.0000}]  ECE {scores.Ece:0.0000}"));
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{scores.Count} pictures, {evaluation.WithoutFace} without a face (read whole), {evaluation.Unreadable} unreadable, {evaluation.MedianMs:0.00} ms a face"));
    }

    private static double Round(double value) => Math.Round(value, 4);
}
