"""What people can do here, one use case a file; the ports say what the world must give."""
