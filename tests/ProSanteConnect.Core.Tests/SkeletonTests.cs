namespace ProSanteConnect.Core.Tests;

public sealed class SkeletonTests
{
    [Fact]
    public void The_runner_runs() => Assert.NotNull(typeof(SkeletonTests).Assembly);
}
