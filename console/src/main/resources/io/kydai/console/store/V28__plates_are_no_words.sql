-- Plates are found by a pattern, with a reason that the audit has, and by no word any more: neither
-- those that reports have, nor those that were taken back, which words that look like one may be.
DELETE FROM report_word WHERE (word, report) IN (SELECT lower(plate), report FROM report_plate);
DELETE FROM report_word
  WHERE length(word) BETWEEN 7 AND 9
    AND substr(word, 1, 1) BETWEEN '0' AND '9'
    AND substr(word, 2, 1) BETWEEN '0' AND '9'
    AND substr(word, 3, 1) NOT BETWEEN '0' AND '9'
    AND substr(word, length(word) - 3, 1) BETWEEN '0' AND '9'
    AND substr(word, length(word) - 2, 1) BETWEEN '0' AND '9'
    AND substr(word, length(word) - 1, 1) BETWEEN '0' AND '9'
    AND substr(word, length(word), 1) BETWEEN '0' AND '9';
