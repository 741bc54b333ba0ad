"""Detection: how the company finds out about faults in company mode."""
