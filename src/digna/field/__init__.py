"""The offline face: an installable shell, what a telephone took along, and what it sends back.

The telephone keeps an append-only outbox of *intentions* (journal name, values as the form would
send them, files, the client's own id and hour) and sends each once there is signal. An intention
goes through the door, form and service that its page uses (`digna.journal.intake`), and the journal
answers the same id twice with its first receipt. This room owns no domain tables: only telephones,
and what could not be settled at once and waits for a person. Protocol: `docs/sync.md`.
"""
