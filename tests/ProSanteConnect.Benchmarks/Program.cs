using ProSanteConnect.Benchmarks;

// `serve` is what the benchmark starts as a process of its own, on a core of its own.
return args is ["serve", .. var rest] ? await BenchmarkServer.RunAsync(rest) : await BenchmarkCommand.RunAsync(args);
