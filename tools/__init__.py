"""What `make` calls: plain Python, standard library only, so it runs before anything is installed."""
