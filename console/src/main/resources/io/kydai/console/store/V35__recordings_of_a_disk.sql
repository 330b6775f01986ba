-- Every ten seconds retention asks for the sum of a disk's bytes and for the oldest on it. Without
-- these, each is a walk over all rows: with 500,000 of them 1.6 s for the oldest of a disk that has
-- none, and more for the sums.
CREATE INDEX recording_segment_by_disk_time ON recording_segment (disk, state, start_at);
CREATE INDEX recording_segment_by_disk_bytes ON recording_segment (disk, bytes);
