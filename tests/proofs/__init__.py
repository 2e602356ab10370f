"""What takes too long for every change: crashes by the hundred, pages by the thousand."""
