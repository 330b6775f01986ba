-- A decision on a report carries the version that was seen: the second of two reviewers is refused.
ALTER TABLE report ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- What was done in a step; none for the receipt and for what the node noted by itself.
ALTER TABLE report_step ADD COLUMN action TEXT;
