"""One person, whole: what is kept of him, handed out or erased."""
