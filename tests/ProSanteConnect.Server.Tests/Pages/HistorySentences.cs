using System.Globalization;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>Every event that concerns a practitioner has a sentence in the history.</summary>
public sealed class HistorySentences
{
    /// <summary>What concerns relying parties and operators, and never a practitioner.</summary>
    private static readonly JournalEvent[] OfOthers =
    [
        JournalEvent.ClientAuthenticationFailed, JournalEvent.ClientChanged, JournalEvent.SigningKeyRotated,
        JournalEvent.SigningKeyRetired, JournalEvent.DirectoryImported,
    ];

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Every_event_has_one(string language)
    {
        var sentences = In(language, () => Enum.GetValues<JournalEvent>().Except(OfOthers)
            .SelectMany(what => Enum.GetValues<JournalOutcome>().Select(outcome => Of(what, outcome))).ToList());

        Assert.DoesNotContain(In(language, () => JournalTexts.EventOther), sentences);
        Assert.DoesNotContain(sentences, sentence => sentence.Contains('{', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Every_reason_of_a_deactivation_has_another(string language) => AssertAllDiffer(
        In(language, () => Enum.GetValues<DeactivationReason>().Select(reason => Of(JournalEvent.ECpsDeactivated, detail: reason.ToString())).ToList()));

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Every_end_of_a_session_has_another(string language) => AssertAllDiffer(
        In(language, () => Enum.GetValues<SessionEndReason>().Select(reason => Of(JournalEvent.SessionEnded, detail: reason.ToString())).ToList()));

    [Fact]
    public void A_request_for_the_portal_names_it()
    {
        var entry = new JournalEntry { At = default, Event = JournalEvent.ApprovalApproved, Outcome = JournalOutcome.Success };

        Assert.Equal("Connexion à votre portail e-CPS validée sur le téléphone", In("fr", () => JournalSentences.Of(entry, null)));
    }

    private static void AssertAllDiffer(List<string> sentences) => Assert.Equal(sentences.Count, sentences.Distinct().Count());

    private static string Of(JournalEvent what, JournalOutcome outcome = JournalOutcome.Success, string detail = "") => JournalSentences.Of(
        new JournalEntry { At = default, Event = what, Outcome = outcome, Detail = detail, ClientId = "rp-test" }, "Logiciel de test");

    private static T In<T>(string language, Func<T> read)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
