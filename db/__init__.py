"""The records: customers, purchases, complaints, calls and notes. The only importer of SQLAlchemy."""
