"""Numbers in effect: from a world to the network that the flow model computes."""
