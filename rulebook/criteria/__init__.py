"""Small pure functions, one for each way the law puts a condition; the data name them."""
