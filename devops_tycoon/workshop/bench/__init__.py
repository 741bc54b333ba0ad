"""What the workshop and its files hold out: each measure is bounded, prints nothing and returns its figures."""
