"""Running services: what there is, what scales it, and what is done during an incident."""
