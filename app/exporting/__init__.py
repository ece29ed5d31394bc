"""Export of customers, calls and their history into files that open in Excel and come in again by import."""
