namespace ProSanteConnect.Benchmarks;

/// <summary>One line of the report.</summary>
internal sealed record Measurement(string Name, long Operations, TimeSpan Elapsed, TimeSpan Processor, double[] SortedMilliseconds)
{
    public double PerSecond => Operations / Elapsed.TotalSeconds;

    public double ProcessorMilliseconds => Processor.TotalMilliseconds / Operations;

    public double Percentile(double share) => SortedMilliseconds[(int)Math.Min(SortedMilliseconds.Length - 1, share * SortedMilliseconds.Length)];
}
