"""Everything said to a customer: the tone guard, templates, the outbox and its channels."""
