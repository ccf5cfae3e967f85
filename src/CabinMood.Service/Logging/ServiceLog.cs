using CabinMood.Core.Safety;
using Microsoft.Extensions.Logging;

namespace CabinMood.Service.Logging;

/// <summary>Every line that the service logs. Words and numbers only, never anything seen of a person.</summary>
internal static partial class ServiceLog
{
    [LoggerMessage(1, LogLevel.Error, "Could not carry out {Effect}: {Reason}")]
    public static partial void EffectFailed(ILogger logger, string effect, string reason);

    [LoggerMessage(31, LogLevel.Information, "{Effect} works again, after {Withheld} more failures for the same reason")]
    public static partial void EffectWorksAgain(ILogger logger, string effect, long withheld);

    [LoggerMessage(2, LogLevel.Information, "Camera open: {Source}")]
    public static partial void CameraOpen(ILogger logger, string source);

    [LoggerMessage(3, LogLevel.Information, "Camera closed")]
    public static partial void CameraClosed(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "Camera: {Problem}; trying again")]
    public static partial void CameraTrouble(ILogger logger, string problem);

    [LoggerMessage(5, LogLevel.Error, "Looking at a frame failed: {Problem} ({Withheld} more since the last such line)")]
    public static partial void PerceptionFailed(ILogger logger, string problem, long withheld);

    [LoggerMessage(6, LogLevel.Warning, "Refused a message on {Topic}: {Problem} ({Withheld} more since the last such line)")]
    public static partial void MessageRefused(ILogger logger, string topic, string problem, long withheld);

    [LoggerMessage(7, LogLevel.Information, "CabinMood {Version} started: {Songs} songs, profile {Profile}, {Models}")]
    public static partial void Started(ILogger logger, string version, int songs, LimiterProfile profile, string models);

    [LoggerMessage(8, LogLevel.Information, "CabinMood is stopping")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(9, LogLevel.Warning, "The conductor has not turned for {Seconds:F0} s, or a native call hangs: the watchdog is not fed")]
    public static partial void NoProgress(ILogger logger, double seconds);

    [LoggerMessage(10, LogLevel.Warning, "Song catalogue, line {Line}: {Problem}; skipped")]
    public static partial void SongSkipped(ILogger logger, int line, string problem);

    [LoggerMessage(11, LogLevel.Warning, "Diagnosis: events are recorded as numbers in {File}, up to {Megabytes} MB; set/erase removes them")]
    public static partial void EventLogOpen(ILogger logger, string file, int megabytes);

    [LoggerMessage(12, LogLevel.Warning, "The event log is not whole: {Lost} events came faster than the disk ({Withheld} more such gaps since the last such line)")]
    public static partial void EventLogLost(ILogger logger, long lost, long withheld);

    [LoggerMessage(13, LogLevel.Warning, "The event log has reached {Megabytes} MB and ends here")]
    public static partial void EventLogFull(ILogger logger, int megabytes);

    [LoggerMessage(14, LogLevel.Error, "The event log ends here: {Problem}")]
    public static partial void EventLogFailed(ILogger logger, string problem);

    [LoggerMessage(15, LogLevel.Error, "The imported catalogue cannot be read ({Reason}); {File} serves instead. Import it again.")]
    public static partial void CatalogueUnreadable(ILogger logger, string reason, string file);

    [LoggerMessage(16, LogLevel.Error, "The metrics cannot be written to {File}: {Problem}")]
    public static partial void MetricsFileFailed(ILogger logger, string file, string problem);

    [LoggerMessage(17, LogLevel.Warning, "A command on {Topic} is answered on the reply topic only: its response topic is CabinMood's or the vehicle's, or none to publish on ({Withheld} more since the last such line)")]
    public static partial void ResponseTopicRefused(ILogger logger, string topic, long withheld);

    [LoggerMessage(18, LogLevel.Warning, "Every user of this machine can read {Files}: cabinmood doctor says how to mend it")]
    public static partial void SecretsReadableByAll(ILogger logger, string files);

    [LoggerMessage(19, LogLevel.Warning, "{Withheld} more in the minute just over, not told one by one: {What}")]
    public static partial void Withheld(ILogger logger, long withheld, string what);

    [LoggerMessage(20, LogLevel.Warning, "The broker does not take our second connection, {ClientId} ({Reason}): a withdrawal or closing waits its turn there behind other commands. Let it in, or set Mqtt:UrgentConnection to false")]
    public static partial void UrgentRefused(ILogger logger, string clientId, string reason);

    [LoggerMessage(21, LogLevel.Warning, "The broker takes our two connections for one client (use_username_as_clientid does that) and throws out each when the other comes: the second, {ClientId}, stays away in this run, and a withdrawal or closing waits its turn behind other commands. Set Mqtt:UrgentConnection to false, or that setting of the broker")]
    public static partial void UrgentGivesWay(ILogger logger, string clientId);

    [LoggerMessage(30, LogLevel.Error, "The driver is to be forgotten, and this is {Left}; it is tried again every 10 s, and by the next run")]
    public static partial void NotErased(ILogger logger, string left);
}
