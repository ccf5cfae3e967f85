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

    /// <summary>What the broker allows, and what could not be tried.</summary>
    public async Task<Finding> LookAsync(CancellationToken cancellation)
    {
        var topics = new Topics(visitor.Vehicle);
        var subscriptions = Inbox.SubscriptionsOf(topics, vehicle);
        var report = await new RightsTrial(visitor, time).TryAsync(subscriptions, cancellation).ConfigureAwait(false);

        List<(string What, string Remedy)> missing = [];
        if (report.Unheard.Count > 0)
        {
            missing.Add(($"listen to {string.Join(", ", report.Unheard)}", MendListening(report.Unheard)));
        }

        if (report.Unwritable.Count > 0)
        {
            missing.Add(($"publish {string.Join(", ", report.Unwritable)}", MendPublishing));
        }

        var untried = report.WhyUntried is { } why ? $"not tried: whether we may publish {string.Join(", ", report.Untried)} ({why})" : null;
        return (missing, untried) switch
        {
            ([], null) => new Finding(
                Subject,
                true,
                // mosquitto's plain list takes every subscription, and is asked for each message on its way out.
                $"we may publish on all {topics.Published.Count} topics, and the broker takes all {subscriptions.Count} subscriptions; mosquitto with an acl_file does that also where we may not read, so see that its list has our topic read lines"),
            ([], { } gap) => new Finding(Subject, true, $"nothing is refused so far; {gap}", MendTrial(topics)),
            (_, null) => new Finding(Subject, false, Refused(missing), Remedies(missing)),
            (_, { } gap) => new Finding(Subject, false, $"{Refused(missing)}; {gap}", $"{Remedies(missing)}; then ask again"),
        };
    }

    private static string Refused(List<(string What, string Remedy)> missing) =>
        $"the broker does not let us {string.Join(" nor ", missing.Select(one => one.What))}";

    private static string Remedies(List<(string What, string Remedy)> missing) =>
        string.Join("; and ", missing.Select(one => one.Remedy));

    // Who refuses subscriptions has mosquitto's dynamic security plugin, or is another broker.
    private static string MendListening(IReadOnlyList<string> filters) => $"give our user the right to subscribe to {(filters.Count == 1 ? filters[0] : "them")}; "
        + $"with mosquitto's dynamic security plugin: mosquitto_ctrl dynsec addRoleACL ROLE subscribePattern '{filters[0]}' allow{(filters.Count == 1 ? "" : ", and so on")}";

    private static string MendTrial(Topics topics) => $"let our user write and read {topics.Trial}, which is for this trial alone (configs/mosquitto.acl: topic readwrite cabinmood/+/doctor), and ask again; "
        + "or see what the running service was refused: sudo journalctl -u cabinmood CABINMOOD_EVENT=PublicationRejected";
}
