"""What the documentation states in numbers, to be measured again: `make bench`."""
