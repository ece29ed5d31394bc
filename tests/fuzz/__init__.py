"""Coverage-guided fuzzing of what the network may send: `./run soak fuzz`, and its corpus as an ordinary test."""
