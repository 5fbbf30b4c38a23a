"""What people decided: the ledger of decisions, its lines, the queue of what to decide next."""
