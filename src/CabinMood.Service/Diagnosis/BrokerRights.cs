using CabinMood.Core.Safety;
using CabinMood.Messaging;
using CabinMood.Messaging.Trials;
using CabinMood.Service.Hosting;

namespace CabinMood.Service.Diagnosis;

/// <summary>Whether a broker that lets us in lets us do our work: each topic of the contract, and each signal of the car.</summary>
/// <param name="visitor">The broker, under a client id that is not the service's.</param>
/// <param name="vehicle">Which signals the car has.</param>
/// <param name="time">Limits waiting.</param>
internal sealed class BrokerRights(MqttOptions visitor, VehicleOptions vehicle, TimeProvider time)
{
    private const string Subject = "rights";

    private const string MendPublishing = "give our user the rights that configs/mosquitto.acl gives to cabinmood, in the file that acl_file of the broker's configuration names "
        + "(sudo install -m 644 /usr/lib/cabinmood/configs/mosquitto.acl /etc/mosquitto/cabinmood.acl; sudo systemctl reload mosquitto)";

    private const string MendBroker = "see what the broker says of it, which may be that a right is missing (sudo journalctl -u mosquitto -n 20), and ask again";

    private const string SeeService = "see what the running service was refused: sudo journalctl -u cabinmood CABINMOOD_EVENT=PublicationRejected";

    /// <summary>What the broker allows, and what could not be tried.</summary>
    public async Task<Finding> LookAsync(CancellationToken cancellation)
    {
        var topics = new Topics(visitor.Vehicle);
        var subscriptions = Inbox.SubscriptionsOf(topics, vehicle);
        var report = await new RightsTrial(visitor, time).TryAsync(subscriptions, cancellation).ConfigureAwait(false);

        List<(string Detail, string Remedy)> troubles = [.. Refused(report), .. BrokenOff(report)];
        switch (report.Obstacle)
        {
            case TrialObstacle.Broker:
                troubles.Add((Untried(report), MendBroker));
                break;
            case TrialObstacle.Listeners or TrialObstacle.HandsOn when troubles.Count > 0:
                troubles.Add((Untried(report), "then ask again"));
                break;
        }

        return troubles.Count > 0
            ? new Finding(Subject, false, string.Join("; ", troubles.Select(one => one.Detail)), string.Join("; and ", troubles.Select(one => one.Remedy).Distinct()))
            : report.Obstacle switch
            {
                TrialObstacle.Listeners => new Finding(Subject, true, $"nothing is refused so far; {Untried(report)}", MendTrial(topics)),
                TrialObstacle.HandsOn => new Finding(Subject, true, $"nothing is refused so far; {Untried(report)}", SeeService),
                // mosquitto's plain list takes every subscription, and is asked for each message on its way out.
                _ => new Finding(Subject, true, $"we may publish on all {topics.Published.Count} topics, and the broker takes all {subscriptions.Count} subscriptions; mosquitto with an acl_file does that also where we may not read, so see that its list has our topic read lines"),
            };
    }

    private static IEnumerable<(string Detail, string Remedy)> Refused(RightsReport report)
    {
        if (report.Unheard.Count > 0)
        {
            yield return ($"the broker does not let us listen to {string.Join(", ", report.Unheard)}", MendListening(report.Unheard));
        }

        if (report.Unwritable.Count > 0)
        {
            yield return ($"the broker does not let us publish {string.Join(", ", report.Unwritable)}", MendPublishing);
        }
    }

    private static IEnumerable<(string Detail, string Remedy)> BrokenOff(RightsReport report) => report.BrokenOff
        .GroupBy(one => one.Reason, one => one.Topic)
        .Select(ends => ($"the broker broke off at {string.Join(", ", ends)}: {ends.Key}", MendBroker));

    private static string Untried(RightsReport report)
    {
        var filters = report.UntriedFilters.Count > 0 ? $"listen to {string.Join(", ", report.UntriedFilters)}, or " : "";
        return $"not tried: whether we may {filters}publish {string.Join(", ", report.UntriedTopics)} ({report.WhyUntried})";
    }

    // Who refuses subscriptions has mosquitto's dynamic security plugin, or is another broker.
    private static string MendListening(IReadOnlyList<string> filters) => $"give our user the right to subscribe to {(filters.Count == 1 ? filters[0] : "them")}; "
        + $"with mosquitto's dynamic security plugin: mosquitto_ctrl dynsec addRoleACL ROLE subscribePattern '{filters[0]}' allow{(filters.Count == 1 ? "" : ", and so on")}";

    private static string MendTrial(Topics topics) => $"let our user write and read {topics.Trial}, which is for this trial alone (configs/mosquitto.acl: topic readwrite cabinmood/+/doctor), and ask again; "
        + $"or {SeeService}";
}
