"""One person's data, and how long what is kept: what the page of administrators is made of."""
