"""Rows in, rows out, rows in pages: files of rows and keyset paging. Knows nothing of ShopCare."""
