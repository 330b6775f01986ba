-- What a second-stage verifier said of a report's picture. It decides nothing.
CREATE TABLE machine_remark (
  report      TEXT    NOT NULL PRIMARY KEY REFERENCES report (id),
  model       TEXT    NOT NULL,
  at          BIGINT  NOT NULL,
  -- how likely the alert is true, 0 to 1000
  likelihood  INTEGER NOT NULL,
  description TEXT    NOT NULL,
  -- words with commas between them
  flags       TEXT    NOT NULL
);
-- The likelihood of the likeliest report of an incident of which something was said. What nothing
-- was said of stands before the others: nothing sinks because no machine looked.
ALTER TABLE incident ADD COLUMN machine_rank INTEGER NOT NULL DEFAULT 1000;
CREATE INDEX incident_by_rank ON incident (tab, priority, machine_rank, id);
