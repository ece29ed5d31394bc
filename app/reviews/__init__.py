"""Reviews of calls: supervisors draw, mark and comment; whose call it was sees that and answers."""
