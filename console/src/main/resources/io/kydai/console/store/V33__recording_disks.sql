-- Recordings on several disks, each known by the id in its marker. Segments that are older than ids
-- have an empty one, up to the start at which the first disk takes them over.
ALTER TABLE recording_segment ADD COLUMN disk TEXT NOT NULL DEFAULT '';
CREATE INDEX recording_segment_by_disk ON recording_segment (disk, file);
ALTER TABLE recording_deleted_file ADD COLUMN disk TEXT NOT NULL DEFAULT '';

CREATE TABLE recording_disk (
  id     TEXT NOT NULL PRIMARY KEY,
  -- where it was when it was opened last
  folder TEXT NOT NULL
);

-- Recordings on their way from a disk to one of the archive: noted before a file is copied, until it
-- is deleted where it was.
CREATE TABLE recording_move (
  file      TEXT NOT NULL PRIMARY KEY,
  from_disk TEXT NOT NULL,
  to_disk   TEXT NOT NULL
);
