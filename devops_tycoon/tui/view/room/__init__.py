"""What a workshop's screens say, as pure functions of what the room told."""
