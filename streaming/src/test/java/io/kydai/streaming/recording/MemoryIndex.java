package io.kydai.streaming.recording;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.Move;
import io.kydai.streaming.recording.index.RecordedDay;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.index.ThinningIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An index that survives everything, as a database does whose commits are durable. */
public class MemoryIndex implements RecordingIndex {
  final Map<String, Segment> segments = new TreeMap<>();
  final List<Gap> gaps = new ArrayList<>();
  final Set<String> held = new HashSet<>();
  final Map<String, String> digests = new TreeMap<>();
  final Map<String, Move> moves = new TreeMap<>();
  final Map<String, ThinningIndex.Note> thinnings = new TreeMap<>();
  final Set<String> spared = new HashSet<>();
  final Map<String, String> folders = new TreeMap<>();
  final Map<String, Deleted> deleted = new TreeMap<>();
  private final BooleanSupplier powerLost;

  /** What was recorded of a deletion. */
  record Deleted(Segment segment, @Nullable String sha256, DeletionReason reason) {}

  public MemoryIndex() {
    this(() -> false);
  }

  MemoryIndex(BooleanSupplier powerLost) {
    this.powerLost = powerLost;
  }

  /** What a database has when the power is back. */
  synchronized MemoryIndex asOfPowerLoss() {
    MemoryIndex copy = new MemoryIndex();
    copy.copy(this);
    return copy;
  }

  /** Takes all that another one has. */
  synchronized void copy(MemoryIndex other) {
    segments.putAll(other.segments);
    gaps.addAll(other.gaps);
    digests.putAll(other.digests);
    folders.putAll(other.folders);
    moves.putAll(other.moves);
    thinnings.putAll(other.thinnings);
    deleted.putAll(other.deleted);
    held.addAll(other.held);
  }

  @Override
  public synchronized void put(Segment segment) {
    requirePower();
    segments.put(segment.file(), segment);
    digests.remove(segment.file());
  }

  @Override
  public synchronized void close(Segment segment, String sha256) {
    put(segment);
    digests.put(segment.file(), sha256);
  }

  @Override
  public synchronized Optional<Indexed> find(String file) {
    return Optional.ofNullable(segments.get(file))
        .map(segment -> new Indexed(segment, digests.get(file)));
  }

  @Override
  public synchronized void put(Gap gap) {
    requirePower();
    gaps.removeIf(
        one ->
            one.camera().equals(gap.camera())
                && one.stream() == gap.stream()
                && one.from().equals(gap.from()));
    gaps.add(gap);
  }

  void requirePower() {
    if (powerLost.getAsBoolean()) {
      throw new IllegalStateException("no power");
    }
  }

  @Override
  public synchronized void remove(Segment segment) {
    segments.remove(segment.file());
  }

  @Override
  public synchronized boolean release(Segment segment, DeletionReason reason) {
    Segment row = segments.get(segment.file());
    if (held.contains(segment.file()) || row == null || !row.disk().equals(segment.disk())) {
      return false;
    }
    segments.remove(segment.file());
    deleted.put(segment.file(), new Deleted(segment, digests.remove(segment.file()), reason));
    return true;
  }

  @Override
  public synchronized void restore(Indexed row) {
    deleted.remove(row.segment().file());
    segments.put(row.segment().file(), row.segment());
    if (row.sha256() != null) {
      digests.put(row.segment().file(), row.sha256());
    }
  }

  @Override
  public synchronized List<Indexed> released(int limit) {
    return deleted.values().stream()
        .map(one -> new Indexed(one.segment(), one.sha256()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Segment> open() {
    return segments.values().stream().filter(Segment::open).toList();
  }

  @Override
  public synchronized List<Segment> segments(CameraId camera, Instant from, Instant to, int limit) {
    return of(camera)
        .filter(
            segment ->
                (segment.open() || segment.end().isAfter(from)) && segment.start().isBefore(to))
        .sorted(Comparator.comparing(Segment::start))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Segment> segments(
      RecordedStream stream, Instant from, Instant to, int limit) {
    return segments(stream.camera(), from, to, Integer.MAX_VALUE).stream()
        .filter(segment -> segment.stream() == stream.role())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Gap> gaps(RecordedStream stream, Instant from, Instant to, int limit) {
    return gaps(stream.camera(), from, to, Integer.MAX_VALUE).stream()
        .filter(gap -> gap.stream() == stream.role())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Segment> newest(RecordedStream stream, int limit) {
    return of(stream.camera())
        .filter(one -> one.stream() == stream.role())
        .sorted(Comparator.comparing(Segment::start).reversed())
        .limit(limit)
        .toList();
  }

  private Stream<Segment> of(CameraId camera) {
    return segments.values().stream().filter(segment -> segment.camera().equals(camera));
  }

  @Override
  public synchronized List<Gap> gaps(CameraId camera, Instant from, Instant to, int limit) {
    return gaps.stream()
        .filter(gap -> gap.camera().equals(camera))
        .filter(gap -> gap.to().isAfter(from) && gap.from().isBefore(to))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Segment> after(String disk, String file, int limit) {
    return segments.values().stream()
        .filter(segment -> segment.disk().equals(disk) && segment.file().compareTo(file) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long count() {
    return segments.size();
  }

  @Override
  public synchronized List<CameraId> cameras() {
    return segments.values().stream().map(Segment::camera).distinct().toList();
  }

  @Override
  public synchronized List<Segment> deletable(
      String disk, RecordedStream stream, Instant before, int limit) {
    return deletable(List.of(disk), limit).stream()
        .filter(segment -> segment.camera().equals(stream.camera()))
        .filter(segment -> segment.stream() == stream.role() && segment.end().isBefore(before))
        .toList();
  }

  @Override
  public synchronized List<Segment> deletable(Collection<String> disks, int limit) {
    return segments.values().stream()
        .filter(segment -> disks.contains(segment.disk()))
        .filter(segment -> !segment.open() && !held.contains(segment.file()))
        .sorted(Comparator.comparing(Segment::start))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Segment> movable(
      Collection<String> disks, CameraId camera, Instant before, int limit) {
    return of(camera)
        .filter(segment -> disks.contains(segment.disk()) && !segment.open())
        .filter(segment -> segment.end().isBefore(before))
        .sorted(Comparator.comparing(Segment::start))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void begin(Move move) {
    requirePower();
    moves.put(move.file(), move);
  }

  @Override
  public synchronized boolean complete(Move move) {
    requirePower();
    Segment row = segments.get(move.file());
    if (row == null || !row.disk().equals(move.from())) {
      return false;
    }
    segments.put(move.file(), row.on(move.to()));
    return true;
  }

  @Override
  public synchronized void end(Move move) {
    requirePower();
    moves.remove(move.file());
  }

  @Override
  public synchronized List<Move> moves() {
    return List.copyOf(moves.values());
  }

  @Override
  public synchronized List<KnownDisk> disks() {
    Map<String, KnownDisk> all = new TreeMap<>();
    folders.forEach((id, folder) -> all.put(id, new KnownDisk(id, folder, 0, 0)));
    for (Segment segment : segments.values()) {
      KnownDisk disk = all.getOrDefault(segment.disk(), new KnownDisk(segment.disk(), "", 0, 0));
      all.put(
          segment.disk(),
          new KnownDisk(
              disk.id(), disk.folder(), disk.segments() + 1, disk.bytes() + segment.bytes()));
    }
    return List.copyOf(all.values());
  }

  @Override
  public synchronized void put(KnownDisk disk) {
    folders.put(disk.id(), disk.folder());
  }

  @Override
  public synchronized void adopt(String disk) {
    segments.replaceAll((file, segment) -> segment.disk().isEmpty() ? segment.on(disk) : segment);
  }

  @Override
  public synchronized List<RecordedDay> days(Instant until) {
    return segments.values().stream()
        .map(
            one ->
                new RecordedDay(
                    one.camera(),
                    one.stream(),
                    Duration.between(one.start(), until).toDays(),
                    one.bytes(),
                    SegmentNames.isThinned(one.file()) ? one.bytes() : 0,
                    one.start()))
        .toList();
  }

  @Override
  public ThinningIndex thinning() {
    return new MemoryThinning(this);
  }

  @Override
  public synchronized long totalBytes() {
    return segments.values().stream().mapToLong(Segment::bytes).sum();
  }
}
