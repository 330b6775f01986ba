-- Either of a camera's two streams may be recorded, or both. What was recorded before is called main:
-- it is of the stream that was analysed, whichever that is.
ALTER TABLE recording_segment ADD COLUMN stream TEXT NOT NULL DEFAULT 'main';
CREATE INDEX recording_segment_by_stream ON recording_segment (camera, stream, start_at);

ALTER TABLE recording_gap RENAME TO recording_gap_of_one;
CREATE TABLE recording_gap (
  camera  TEXT   NOT NULL,
  stream  TEXT   NOT NULL,
  from_at BIGINT NOT NULL,
  to_at   BIGINT NOT NULL,
  reason  TEXT   NOT NULL,
  PRIMARY KEY (camera, from_at, stream)
);
INSERT INTO recording_gap (camera, stream, from_at, to_at, reason)
  SELECT camera, 'main', from_at, to_at, reason FROM recording_gap_of_one;
DROP TABLE recording_gap_of_one;

-- How many days the sub-stream's are kept; null for as many as the main stream's.
ALTER TABLE recording_retention ADD COLUMN sub_days BIGINT;
