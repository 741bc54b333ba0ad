"""How a company that is led finds out that something is wrong."""
