namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>Of whom a line speaks (empty when it does not say), and the first thing to be said about it.</summary>
internal readonly record struct CheckedLine(string Person, LineRemark? Remark);

/// <summary>Looks at one line by itself. A wrong Luhn key is only reported: published test identities have one (ecps-cpx-directory §3.3).</summary>
internal static class LineCheck
{
    public static CheckedLine Check(ExtractRow row, LineFault? readFault)
    {
        var person = PersonOf(row);
        var fault = readFault ?? row.ColumnFault();
        if (fault is not null) return new CheckedLine(person, new LineRemark(row.Line, fault.Value));
        if (FindFaultyField(row) is { } faulty) return new CheckedLine(person, faulty);
        if (FaultOfIdentifier(row, person) is { } identifierFault)
        {
            return new CheckedLine(
                person, new LineRemark(row.Line, identifierFault, ExtractColumns.NameOf(ExtractColumn.NationalId)));
        }

        return new CheckedLine(person, null);
    }

    // The identifier is the concatenation of its type and its number (MOS, idNat_PS).
    private static string PersonOf(ExtractRow row)
    {
        var whole = row[ExtractColumn.NationalId];
        return whole.Length > 0 || row.Span(ExtractColumn.IdNumber).IsEmpty
            ? whole
            : row[ExtractColumn.IdKind] + row[ExtractColumn.IdNumber];
    }

    private static LineRemark? FindFaultyField(ExtractRow row)
    {
        // PostgreSQL cannot store a zero character, and no name has a control character.
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

        // A type of two digits (10 MSSanté address, 30 ROR situation) names no person.
        if (kind.Length > 1 || !NationalId.TryParse(person, out var id)) return LineFault.NationalIdUnknown;
        if (id.Kind is not (NationalIdKind.Rpps or NationalIdKind.Adeli)) return null;

        var digits = person.AsSpan(1);
        if (id.Kind == NationalIdKind.Rpps && (digits.Length != Rpps.Length || digits.ContainsAnyExceptInRange('0', '9')))
        {
            return LineFault.NationalIdUnknown;
        }

        // About one ADELI number in ten has letters, and then no key.
        return digits.ContainsAnyExceptInRange('0', '9') || LuhnKey.IsValid(digits) ? null : LineFault.WrongLuhnKey;
    }
}

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
