"""What happens inside a host: it is booted by path, carries one run and ends with it. Standard library only."""
