"""What evaluations are made of: figures as given or supposed, and what a run or a worker has read already."""
