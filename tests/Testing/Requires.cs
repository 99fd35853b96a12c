using Xunit;

namespace ProSanteConnect.Testing;

/// <summary>
/// Programs that a test needs. Where one is missing, the test is skipped with the reason and the install command,
/// or fails when <c>PSC_REQUIRE_ALL=1</c> requires all programs.
/// </summary>
public static class Requires
{
    public static void PostgreSql() =>
        Check(PostgresServer.IsAvailable, "PostgreSQL is not installed", "apt-get install postgresql");

    public static void Chromium() =>
        Check(ChromiumPath is not null, "Chromium is not installed", "apt-get install chromium");

    /// <summary>The browser of the system, if it has one.</summary>
    public static string? ChromiumPath { get; } =
        new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => SearchPath.Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    private static string[] SearchPath =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static void Check(bool present, string lack, string remedy) =>
        Check(present, lack, remedy, Environment.GetEnvironmentVariable("PSC_REQUIRE_ALL") == "1");

    internal static void Check(bool present, string lack, string remedy, bool requireAll)
    {
        if (present) return;

        var reason = $"{lack}: {remedy}";
        if (requireAll) Assert.Fail(reason);
        Assert.Skip(reason);
    }
}
