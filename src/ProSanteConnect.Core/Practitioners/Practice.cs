namespace ProSanteConnect.Core.Practitioners;

/// <summary>One exercise of a profession (exercice professionnel), with the situations in which it happens.</summary>
public sealed record Practice
{
    /// <summary>TRE_G15, for example 10 for a doctor.</summary>
    public string ProfessionCode { get; init; } = "";

    /// <summary>TRE_R09: C civil, E student, F civil servant, M military.</summary>
    public string CategoryCode { get; init; } = "";

    /// <summary>TRE_R11, for example DR.</summary>
    public string PracticeCivilityCode { get; init; } = "";

    /// <summary>The name used in practice, which may differ from the civil one.</summary>
    public string FamilyName { get; init; } = "";

    public string GivenName { get; init; } = "";

    /// <summary>TRE_R04, for example S.</summary>
    public string ExpertiseKindCode { get; init; } = "";

    /// <summary>TRE_R38 and its neighbours, for example SM54.</summary>
    public string ExpertiseCode { get; init; } = "";

    public IReadOnlyList<Activity> Activities { get; init; } = [];

    /// <summary>Two practices are equal when their codes, names and activities are.</summary>
    public bool Equals(Practice? other) =>
        other is not null
        && ProfessionCode == other.ProfessionCode
        && CategoryCode == other.CategoryCode
        && PracticeCivilityCode == other.PracticeCivilityCode
        && FamilyName == other.FamilyName
        && GivenName == other.GivenName
        && ExpertiseKindCode == other.ExpertiseKindCode
        && ExpertiseCode == other.ExpertiseCode
        && Activities.SequenceEqual(other.Activities);

    public override int GetHashCode() =>
        HashCode.Combine(ProfessionCode, CategoryCode, FamilyName, GivenName, ExpertiseCode, Activities.Count);
}
