using Xunit.Sdk;
using Xunit.v3;

// A journey mostly waits: three at a time use two cores well.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 3)]

namespace ProSanteConnect.Browser.Tests;

/// <summary>All browser tests share one sandbox and run in parallel: each has a holder and a browser context of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SharedJourney : ICollectionFixture<Journey>
{
    public const string Name = "journey";
}
