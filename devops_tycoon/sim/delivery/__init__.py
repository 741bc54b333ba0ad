"""Changes on their way to members: queued, rolled out, judged, rolled back."""
