using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProSanteConnect.Benchmarks;

/// <summary>
/// A closed model: a number of connections, each of which sends the next request after the response, for a fixed time. The warm-up is long,
/// because on a busy core the runtime recompiles hot methods slowly.
/// </summary>
internal static class Load
{
    public static async Task<Measurement> RunAsync(
        string name, ServerProcess server, int connections, TimeSpan warmUp, TimeSpan duration, Func<int, Func<Task>> worker)
    {
        await WindowAsync(connections, warmUp, worker, new ConcurrentBag<double>());

        var times = new ConcurrentBag<double>();
        var before = server.ProcessorTime;
        var watch = Stopwatch.StartNew();
        await WindowAsync(connections, duration, worker, times);
        var elapsed = watch.Elapsed;
        var processor = server.ProcessorTime - before;
        return new Measurement(name, times.Count, elapsed, processor, [.. times.Order()]);
    }

    private static Task WindowAsync(int connections, TimeSpan duration, Func<int, Func<Task>> worker, ConcurrentBag<double> times)
    {
        var watch = Stopwatch.StartNew();
        return Task.WhenAll(Enumerable.Range(0, connections).Select(index => Task.Run(async () =>
        {
            var operation = worker(index);
            while (watch.Elapsed < duration)
            {
                var begun = Stopwatch.GetTimestamp();
                await operation();
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        })));
    }
}
