using CabinMood.Messaging;
using CabinMood.Messaging.Payloads;
using CabinMood.Service.Health;
using CabinMood.Service.Hosting;

namespace CabinMood.Service.Observability;

/// <summary>What the parts count anyway, made visible through the meter; read only when somebody looks.</summary>
internal static class ServiceInstruments
{
    /// <summary>Adds all of them. The meter must not outlive the parts.</summary>
    internal static void Add(ServiceMeter meter, CameraWorker? camera, MqttLink link, Inbox inbox, ConductorLoop loop, HealthReporter health, StorageWatch storage, ServiceClock clock)
    {
        meter.Count("cabinmood.frames.captured", () => camera?.CapturedFrames ?? 0, "Frames that came from the camera.");
        meter.Count("cabinmood.frames.analysed", () => camera?.AnalysedFrames ?? 0, "Frames that were looked at.");
        meter.Count("cabinmood.frames.dropped", () => camera?.DroppedFrames ?? 0, "Frames that a newer one replaced, or that a strobed lamp left unlit.");
        meter.Gauge("cabinmood.camera.open", () => camera is { IsOpen: true } ? 1 : 0, "1 while the camera is meant to be open.");
        meter.Count("cabinmood.conductor.turns", () => loop.Turns, "Events that the conductor has decided about.");
        meter.Count("cabinmood.commands.refused", () => inbox.RefusedCommands, "Commands that were unreadable, or too many at once.");
        meter.Count("cabinmood.player.reports.refused", () => inbox.RefusedReports, "Reports of the player that were unreadable, or too many at once.");
        meter.Count("cabinmood.response.topics.refused", () => inbox.RefusedResponseTopics, "Commands whose answer did not go to the topic that they named.");
        meter.Gauge("cabinmood.mqtt.connected", () => link.Status.State == MqttLinkState.Connected ? 1 : 0, "1 while the broker is there.");
        meter.Count("cabinmood.mqtt.connections", () => link.Status.Connections, "How often the broker said yes.");
        meter.Count("cabinmood.mqtt.publications.dropped", () => link.Status.DroppedPublications, "Publications dropped because the broker was away.");
        meter.Count("cabinmood.mqtt.publications.rejected", () => link.Status.RejectedPublications, "Publications that the broker did not allow.");
        meter.Gauge("cabinmood.mqtt.replies.pending", () => link.Status.PendingReplies, "Replies that the broker has not acknowledged yet.");
        meter.Count("cabinmood.mqtt.replies.dropped", () => link.Status.DroppedReplies, "Replies given up because too many waited.");
        meter.Count("cabinmood.storage.failures", () => storage.Failures, "Things that could not be stored.");
        meter.Gauge("cabinmood.storage.free", () => storage.FreeBytes ?? double.NaN, "Room on the state folder's disk.", "By");
        meter.Gauge("cabinmood.memory.resident", () => Environment.WorkingSet, "Resident memory.", "By");
        meter.Gauge("cabinmood.uptime", () => clock.Elapsed.TotalSeconds, "Time since the start.", "s");
        foreach (var state in Enum.GetValues<HealthState>())
        {
            var name = state.ToString().ToLowerInvariant();
            meter.Gauge("cabinmood.health", () => health.State == state ? 1 : 0, "1 for the state of the health topic, 0 for the others.", unit: null, new("state", name));
        }
    }
}
