"""From a file to claims: readers, annotators, and the makers of measurements and relations."""
