"""What pages and use cases read of ideas."""
