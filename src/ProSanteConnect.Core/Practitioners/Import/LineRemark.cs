namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>What is to be said about one line and its column, if it is one: never the value, which is personal.</summary>
public sealed record LineRemark(long Line, LineFault Fault, string Column = "")
{
    /// <summary>Whether the line was refused; otherwise it was taken, without the doubtful value.</summary>
    public bool Refused => Fault < LineFault.WrongLuhnKey;
}

public enum LineFault
{
    // Refused: the line cannot be trusted to say what it says, or of whom.
    TooLong,
    NotUtf8,
    ControlCharacter,
    TooFewColumns,
    TooManyColumns,
    FieldTooLong,
    NationalIdMissing,
    NationalIdUnknown,
    NationalIdContradicted,
    TooManyLines,

    // Reported.
    WrongLuhnKey,
    BirthDateUnreadable,
    PhoneUnreadable,
    EmailUnreadable,
    AlternativeIdentifierUnreadable,
    LinesDisagree,
}
