"""What goes in and what comes out, by area. Inputs refuse fields that they do not know."""
