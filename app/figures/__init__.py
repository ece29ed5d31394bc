"""Reports: figures from what the records count, each with its formula, its period, its n and its definitions."""
