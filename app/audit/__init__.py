"""What is written down about who saw and did what with personal data, and how it is read again."""
