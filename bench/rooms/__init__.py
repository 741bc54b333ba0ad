"""What a room and its files hold out: measured against a real room, a real disk and clients in processes of their own.

Each measure is bounded in count and time, stays on this machine's loopback, prints nothing and returns its figures.
"""
