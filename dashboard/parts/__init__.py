"""The pages of Insights: each part turns measures into blocks with words, charts and tables."""
