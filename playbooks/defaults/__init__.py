"""The default playbooks P00 to P15 and their routes, as data (domain.md section 4)."""
