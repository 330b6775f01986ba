-- The words under which reports are found: in lower case, each with its accents and without them.
CREATE TABLE report_word (
  word   TEXT NOT NULL,
  report TEXT NOT NULL REFERENCES report (id),
  PRIMARY KEY (word, report)
);
