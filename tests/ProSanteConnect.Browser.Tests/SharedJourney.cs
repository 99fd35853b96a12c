namespace ProSanteConnect.Browser.Tests;

/// <summary>All browser tests share one sandbox, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedJourney : ICollectionFixture<Journey>
{
    public const string Name = "journey";
}
