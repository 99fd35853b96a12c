using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Account;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed class WordsOfPages
{
    [Theory]
    [InlineData("10", "Une erreur ? Adressez-vous à votre Ordre.")]
    [InlineData("93", "Une erreur ? Adressez-vous à votre agence régionale de santé (ARS).")]
    [InlineData("", "Une erreur ? Adressez-vous à l'établissement qui vous emploie.")]
    public void Sends_each_kind_of_practitioner_to_their_own_office(string profession, string sentence)
    {
        var practitioner = new Practitioner { NationalId = "898765000017", Practices = [new() { ProfessionCode = profession }] };

        Assert.Equal(sentence, DirectoryOffice.SentenceFor(practitioner).Replace('\u00a0', ' '));
    }

    [Theory]
    [InlineData("::1", "cet ordinateur")]
    [InlineData("127.0.0.1", "cet ordinateur")]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("", "")]
    public void Names_the_loopback_address_in_words(string address, string words) => Assert.Equal(words, PlaceWords.Of(address));

    [Fact]
    public void Keeps_the_word_e_CPS_on_one_line() => Assert.Equal(
        "<a title=\"Mon e-CPS\"> <span>Mon <span class=\"unbroken\">e-CPS</span></span>\n</a><script>'e-CPS'</script>",
        UnbrokenECps.In("<a title=\"Mon e-CPS\"> Mon e-CPS\n</a><script>'e-CPS'</script>"));
}
