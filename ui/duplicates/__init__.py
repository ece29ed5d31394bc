"""The parts of the page of customers who are there twice."""
