using System.Net.Sockets;
using System.Text;
using CabinMood.Messaging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Plants a leak in the service from outside: .NET calls this before the program's own start where a test has set
/// DOTNET_STARTUP_HOOKS to this assembly. The program itself knows nothing of it and has no such seam.
/// </summary>
internal static class StartupHook
{
    internal const string KindVariable = "CABINMOOD_TEST_LEAK";
    internal const string PatternVariable = "CABINMOOD_TEST_PATTERN";
    internal const string PortVariable = "CABINMOOD_TEST_PORT";

    public static void Initialize()
    {
        var pattern = Convert.FromHexString(Environment.GetEnvironmentVariable(PatternVariable)!);
        byte[] picture = [.. pattern, .. pattern, .. pattern];
        var folder = Environment.GetEnvironmentVariable("CABINMOOD_STATE")!;
        switch (Environment.GetEnvironmentVariable(KindVariable))
        {
            case "file":
                File.WriteAllBytes(Path.Combine(folder, "thumbnail.bin"), picture);
                break;
            case "log":
                Console.WriteLine($"INFO crop {Convert.ToBase64String(picture)}");
                break;
            case "mqtt":
                Publish(Encoding.ASCII.GetBytes(Convert.ToHexString(picture)));
                break;
            case "deleted file":
                var file = Path.Combine(folder, "gone.bin");
                File.WriteAllBytes(file, picture);
                File.Delete(file);
                break;
            case "socket":
                using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
                {
                    socket.SendTo(picture, new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 9));
                }

                break;
        }
    }

    private static void Publish(byte[] payload)
    {
        var options = new MqttOptions { Host = "127.0.0.1", Port = int.Parse(Environment.GetEnvironmentVariable(PortVariable)!), ClientId = "leak" };
        var link = new MqttLink(options, [], _ => { }, null, TimeProvider.System, NullLogger<MqttLink>.Instance);
        link.Connected += (_, _) => link.Publish("leak", payload, 1, retain: true);
        link.Start();
    }
}
