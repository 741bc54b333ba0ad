"""What a room stands: measured against a real room, a real disk and clients in processes of their own.

Everything happens on this machine's loopback, is bounded in count and time, and stops by itself.
"""
