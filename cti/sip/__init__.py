"""A sans-IO SIP user agent that only listens, and the UDP shell around it."""
