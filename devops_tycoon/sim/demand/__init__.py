"""Members and the requests that they send."""
