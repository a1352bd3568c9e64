"""The room where a receipt is checked: in the words of the command, and nothing is kept."""
