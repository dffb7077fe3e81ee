"""How work is carried out: processes, locks, progress, memory, signals, archives."""
