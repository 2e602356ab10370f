"""What articles have beside their text: a head, times, pictures, and what they tell machines."""
