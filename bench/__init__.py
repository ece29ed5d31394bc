"""The benchmarks behind the README's figures: `./run bench`."""
