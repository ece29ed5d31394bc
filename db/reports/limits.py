"""What bounds the reports' questions: plain figures, for the settings too, which know no database."""

LONGEST_DAYS = 30  # a call after more than these is no repeat in any row of the report
