using System.Globalization;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed class DatesOnPages
{
    [Theory]
    [InlineData("fr", "2026-03-02T13:05:00Z", "2 mars 2026 à 14:05")]
    [InlineData("fr", "2026-07-31T22:30:00Z", "1er août 2026 à 00:30")]
    [InlineData("en", "2026-07-31T22:30:00Z", "1 August 2026 at 00:30")]
    public void An_instant_is_read_in_Paris_and_in_the_language_of_the_page(string language, string instant, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);

        Assert.Equal(expected, ParisTime.Of(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)));
    }
}
