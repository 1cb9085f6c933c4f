"""What a person says of the goals that were read from a text: yes, no, and what is to be changed."""
