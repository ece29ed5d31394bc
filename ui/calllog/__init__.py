"""The parts of the call log's page."""
