"""The parts of stack.py: launches, installs, video tools, processes, states and the stacks made of them."""
