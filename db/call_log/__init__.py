"""The call log: any filter, any order, page by page along keys, never by counting rows that were passed over."""
