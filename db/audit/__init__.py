"""The audit log: who saw, exported, joined, took back or erased what, as a chain that only grows."""
