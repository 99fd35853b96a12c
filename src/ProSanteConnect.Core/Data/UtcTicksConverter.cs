using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ProSanteConnect.Core.Data;

/// <summary>An instant as the number of 100-nanosecond ticks since 0001-01-01 in UTC.</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
