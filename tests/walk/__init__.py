"""The walk: everything that can be pressed, typed or sent, by everybody, on everything; who read what they may not?

world    a province with three cells, every room with something open in it, each fact with a mark that stands nowhere else
oracle   who may read which mark: said here once more, independently of the program
walker   finds the buttons and forms by pressing them, then presses each as everybody

python -m tests.walk      the whole of it, in parallel; `make rights-walk`
"""
