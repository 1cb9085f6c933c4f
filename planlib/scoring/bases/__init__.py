"""What is compared, made from figures: changes, totals, stand-ins for what there is none of."""
