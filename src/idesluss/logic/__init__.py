"""The cellar: rules, sums and words of the house as values and functions. Pure Python."""
