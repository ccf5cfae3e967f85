namespace CabinMood.Service.Hosting;

/// <summary>What becomes of a command about consent or camera that has come over the main connection.</summary>
internal enum TwinVerdict
{
    /// <summary>It is obeyed.</summary>
    Counts,

    /// <summary>It has come over the urgent connection before, and was obeyed then.</summary>
    Copy,

    /// <summary>It is a yes to which a no was said since.</summary>
    Overtaken,
}
