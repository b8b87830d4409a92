"""What is remembered. `Database.open` gives Units; every other module works on one."""
