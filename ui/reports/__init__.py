"""What the page of reports draws: charts, tables, and the same on paper."""
