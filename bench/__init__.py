"""The benchmarks behind the figures of bench/README.md: `./run bench`."""
