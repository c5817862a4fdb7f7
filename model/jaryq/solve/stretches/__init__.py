"""Programs whose packages are split into stretches: solved by groups of stretches that split by their prices."""
