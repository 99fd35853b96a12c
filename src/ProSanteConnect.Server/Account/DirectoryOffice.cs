using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Server.Account;

/// <summary>Who corrects the directory's data of a person: the Order of the profession, the agency, or the employer (ecps-cpx-directory §4).</summary>
internal static class DirectoryOffice
{
    // TRE_G15: doctor, pharmacist, dental surgeon, midwife, nurse, physiotherapist, chiropodist.
    private static readonly HashSet<string> ProfessionsWithOrder = ["10", "21", "40", "50", "60", "70", "80"];

    public static string SentenceFor(Practitioner practitioner)
    {
        var professions = practitioner.Practices.Select(practice => practice.ProfessionCode).Where(code => code.Length > 0).ToList();
        return professions.Any(ProfessionsWithOrder.Contains) ? AccountTexts.DirectoryMistake
            : professions.Count > 0 ? AccountTexts.DirectoryMistakeAgency
            : AccountTexts.DirectoryMistakeEmployer;
    }
}
