"""Every practice helps somewhere and costs somewhere: both are played."""
