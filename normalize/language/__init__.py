"""What is known of the language: misreadings, words side by side, spelling, small and capital
letters.
"""
