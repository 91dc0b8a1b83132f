"""``python -m sinaparse``: the command."""

from sinaparse._entry import main

if __name__ == "__main__":
    main()
