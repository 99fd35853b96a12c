namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The person of a line (empty when unknown) and the first remark about it, if any.</summary>
internal readonly record struct CheckedLine(string Person, LineRemark? Remark);

/// <summary>Checks one line by itself. A wrong Luhn key is only reported: published test identities have one (ecps-cpx-directory §3.3).</summary>
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
        if (kind.Length > 1 || !NationalId.TryParse(person, out var id)) return LineFault.NationalIdUnknown;
        if (id.Kind is not (NationalIdKind.Rpps or NationalIdKind.Adeli)) return null;

        var digits = person.AsSpan(1);
        if (id.Kind == NationalIdKind.Rpps && (digits.Length != Rpps.Length || digits.ContainsAnyExceptInRange('0', '9')))
        {
            return LineFault.NationalIdUnknown;
        }

        // About one ADELI number in ten contains letters, and then has no Luhn key.
        return digits.ContainsAnyExceptInRange('0', '9') || LuhnKey.IsValid(digits) ? null : LineFault.WrongLuhnKey;
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
