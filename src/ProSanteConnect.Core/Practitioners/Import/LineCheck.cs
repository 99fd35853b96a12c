namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>
/// The persons whom a line may be about, and the first remark about it, if any. An accepted line is about one person. A refused line
/// may be about another person than those when one of its identifiers cannot be believed.
/// </summary>
internal readonly record struct CheckedLine(string[] Persons, bool MayConcernAnother, LineRemark? Remark);

/// <summary>Checks one line by itself. A wrong Luhn key is only reported: published test identities have one (ecps-cpx-directory §3.3).</summary>
internal static class LineCheck
{
    public static CheckedLine Check(ExtractRow row, LineFault? readFault)
    {
        var person = PersonOf(row);
        var fault = readFault ?? row.ColumnFault();
        var remark = fault is not null ? new LineRemark(row.Line, fault.Value) : FindFaultyField(row);
        if (remark is null && FaultOfIdentifier(row, person) is { } identifierFault)
        {
            remark = new LineRemark(row.Line, identifierFault, ExtractColumns.NameOf(ExtractColumn.NationalId));
        }

        return remark is { Refused: true } ? Refuse(row, person, remark) : new CheckedLine([person], false, remark);
    }

    private static CheckedLine Refuse(ExtractRow row, string person, LineRemark remark)
    {
        if (remark.Fault == LineFault.NationalIdUnknown && row.Span(ExtractColumn.IdKind).Length > 1) return new CheckedLine([], false, remark);

        // Both are kept as they are when the identifier contradicts its type and number: the line is about one of them.
        string[] persons = [.. new[] { person, JoinedIdentifier(row) }.Where(id => id.Length > 0).Distinct()];
        return new CheckedLine(persons, persons.Length == 0 || persons.Any(id => FaultOf(id) is not (null or LineFault.WrongLuhnKey)), remark);
    }

    // The identifier is the concatenation of its type and its number (MOS, idNat_PS).
    private static string PersonOf(ExtractRow row)
    {
        var whole = row[ExtractColumn.NationalId];
        return whole.Length > 0 ? whole : JoinedIdentifier(row);
    }

    private static string JoinedIdentifier(ExtractRow row) =>
        row.Span(ExtractColumn.IdNumber).IsEmpty ? "" : row[ExtractColumn.IdKind] + row[ExtractColumn.IdNumber];

    private static LineRemark? FindFaultyField(ExtractRow row)
    {
        // PostgreSQL cannot store U+0000, and no field legitimately contains a control character.
        if (row.Text.AsSpan().ContainsAnyInRange('\0', '\u001F') || row.Text.AsSpan().ContainsAnyInRange('\u007F', '\u009F'))
        {
            return new LineRemark(row.Line, LineFault.ControlCharacter);
        }

        for (var column = default(ExtractColumn); (int)column < ExtractColumns.Count; column++)
        {
            if (row.Span(column).Length > ExtractColumns.MaxLength(column))
            {
                return new LineRemark(row.Line, LineFault.FieldTooLong, ExtractColumns.NameOf(column));
            }
        }

        return null;
    }

    private static LineFault? FaultOfIdentifier(ExtractRow row, string person)
    {
        if (person.Length == 0) return LineFault.NationalIdMissing;

        var kind = row.Span(ExtractColumn.IdKind);
        var number = row.Span(ExtractColumn.IdNumber);
        if (number.Length > 0 && !(person.StartsWith(kind, StringComparison.Ordinal) && person.AsSpan(kind.Length).SequenceEqual(number)))
        {
            return LineFault.NationalIdContradicted;
        }

        // A two-digit type (10 MSSanté address, 30 ROR situation) does not identify a person.
        return kind.Length > 1 ? LineFault.NationalIdUnknown : FaultOf(person);
    }

    /// <summary>The fault of an identifier by itself (ecps-cpx-directory §3.3).</summary>
    private static LineFault? FaultOf(string person)
    {
        if (!NationalId.TryParse(person, out var id)) return LineFault.NationalIdUnknown;
        if (id.LengthOfNumber is { } length && person.Length - 1 != length) return LineFault.NationalIdWrongLength;
        if (id.Kind is not (NationalIdKind.Rpps or NationalIdKind.Adeli)) return null;

        // About one ADELI number in ten contains letters, and then has no Luhn key.
        var digits = person.AsSpan(1);
        var hasLetters = digits.ContainsAnyExceptInRange('0', '9');
        if (id.Kind == NationalIdKind.Rpps && hasLetters) return LineFault.NationalIdUnknown;
        return hasLetters || LuhnKey.IsValid(digits) ? null : LineFault.WrongLuhnKey;
    }
}

/// <summary>A remark about one line and, if it concerns one, a column. Never contains the value, which is personal data.</summary>
public sealed record LineRemark(long Line, LineFault Fault, string Column = "")
{
    /// <summary>Whether the line was refused; otherwise it was accepted without the doubtful value.</summary>
    public bool Refused => Fault < LineFault.WrongLuhnKey;
}

public enum LineFault
{
    // Refused: the content of the line, or its person, is unreliable.
    TooLong,
    NotUtf8,
    ControlCharacter,
    TooFewColumns,
    TooManyColumns,
    FieldTooLong,
    NationalIdMissing,
    NationalIdUnknown,
    NationalIdWrongLength,
    NationalIdContradicted,
    TooManyLines,
    NameVanished,

    // Reported.
    WrongLuhnKey,
    BirthDateUnreadable,
    PhoneUnreadable,
    EmailUnreadable,
    AlternativeIdentifierUnreadable,
    LinesDisagree,
}
