namespace CabinMood.Service.Options;

/// <summary>Section <c>Storage</c>: where feedback and consent are kept.</summary>
public sealed class StorageOptions
{
    /// <summary>
    /// The state folder. Default: <c>CABINMOOD_STATE</c>, else systemd's <c>STATE_DIRECTORY</c>, else
    /// <c>~/.local/state/cabinmood</c>.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>The folder in force; the environment variable goes before the file.</summary>
    public string ResolveFolder()
    {
        foreach (var name in new[] { "CABINMOOD_STATE", "STATE_DIRECTORY" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } folder && (name == "CABINMOOD_STATE" || Folder.Length == 0))
            {
                return folder;
            }
        }

        return Folder.Length > 0
            ? Folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "cabinmood");
    }
}
