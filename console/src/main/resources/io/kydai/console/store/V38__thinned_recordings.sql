-- Recordings that are thinned to key frames. 0 where there is nothing left to leave out: the file has
-- been thinned, or each of its pictures is a key frame. The index has what may still be thinned.
ALTER TABLE recording_segment ADD COLUMN thinnable INTEGER NOT NULL DEFAULT 1;
CREATE INDEX recording_segment_thinnable ON recording_segment (disk, camera, start_at)
  WHERE thinnable = 1;

-- Thinnings that are under way: noted before the new file is written, until the first is deleted.
CREATE TABLE recording_thinning (
  file TEXT NOT NULL PRIMARY KEY,
  disk TEXT NOT NULL
);

-- What took the place of a file that was thinned; null where nothing did.
ALTER TABLE recording_deleted_file ADD COLUMN new_file TEXT;
ALTER TABLE recording_deleted_file ADD COLUMN new_bytes BIGINT;
ALTER TABLE recording_deleted_file ADD COLUMN new_sha256 TEXT;

-- At which ages recordings are thinned and moved to the archive, as it was configured last: 0 for
-- never, null for what the node does with all.
ALTER TABLE recording_retention ADD COLUMN thin_days BIGINT;
ALTER TABLE recording_retention ADD COLUMN archive_days BIGINT;
