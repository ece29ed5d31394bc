"""The parts of the board of complaints."""
