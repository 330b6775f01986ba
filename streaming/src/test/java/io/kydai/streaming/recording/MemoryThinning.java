package io.kydai.streaming.recording;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.index.ThinningIndex;
import java.time.Instant;
import java.util.List;

/** What a {@link MemoryIndex} knows of the thinning of its segments. */
record MemoryThinning(MemoryIndex index) implements ThinningIndex {
  @Override
  public List<Segment> due(String disk, CameraId camera, Instant before, int limit) {
    return index.deletable(List.of(disk), Integer.MAX_VALUE).stream()
        .filter(one -> one.camera().equals(camera) && one.end().isBefore(before))
        .filter(one -> !SegmentNames.isThinned(one.file()) && !index.spared.contains(one.file()))
        .limit(limit)
        .toList();
  }

  @Override
  public void spare(Segment segment) {
    index.spared.add(segment.file());
  }

  @Override
  public void begin(Note note) {
    index.requirePower();
    index.thinnings.put(note.file(), note);
  }

  @Override
  public boolean complete(Segment first, Segment thinned, String sha256) {
    index.requirePower();
    if (!index.release(first, DeletionReason.THINNED)) {
      return false;
    }
    index.segments.put(thinned.file(), thinned);
    index.digests.put(thinned.file(), sha256);
    return true;
  }

  @Override
  public void end(Note note) {
    index.requirePower();
    index.thinnings.remove(note.file());
  }

  @Override
  public List<Note> notes() {
    return List.copyOf(index.thinnings.values());
  }
}
