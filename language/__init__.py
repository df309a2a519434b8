"""Reading what customers write: tokens, features and small linear models, in plain Python without Django."""
