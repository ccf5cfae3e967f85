namespace CabinMood.Service.Tests;

/// <summary>Tests that change environment variables of the process run one after another.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public sealed class ProcessEnvironment;
