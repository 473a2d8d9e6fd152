"""``python -m scanner`` is ``ropascan``."""

from scanner.cli import main

if __name__ == "__main__":
    main()
