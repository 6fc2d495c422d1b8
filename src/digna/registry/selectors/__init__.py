"""What the register's pages show, shaped for them and frozen; nothing here writes."""
