"""ShopCare with one page more: fifty rows, as plainly as Django can show them. What bench.pages compares with."""
