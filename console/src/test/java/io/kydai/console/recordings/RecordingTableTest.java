package io.kydai.console.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTableTest {
  private static final Instant START = Instant.parse("2026-11-29T01:02:03.123456789Z");
  private static final Instant NOW = START.plusSeconds(86_400);
  private static final CameraId GATE = new CameraId("gate-1");
  private static final CameraId PATH = new CameraId("path-1");

  @TempDir Path folder;
  private Database database;
  private RecordingTable table;
  private Holds holds;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    table = new RecordingTable(database, clock);
    holds = new Holds(database, new AuditLog(database, clock), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Segment segment(CameraId camera, int number, boolean open) {
    return new Segment(
        camera,
        camera + "/" + number + ".mp4",
        START.plusSeconds(10L * number),
        START.plusSeconds(10L * number + 10),
        1000 + number,
        open);
  }

  @Test
  void aSegmentIsFoundByItsSpanAndReplacedByItsFile() {
    for (int i = 0; i < 5; i++) {
      table.put(segment(GATE, i, i == 4));
    }
    table.put(segment(PATH, 1, false));

    assertThat(table.open()).containsExactly(segment(GATE, 4, true));
    assertThat(table.segments(GATE, START.plusSeconds(12), START.plusSeconds(30), 10))
        .containsExactly(segment(GATE, 1, false), segment(GATE, 2, false));
    assertThat(table.segments(GATE, START.plusSeconds(90), START.plusSeconds(100), 10))
        .as("one that is open has no end")
        .containsExactly(segment(GATE, 4, true));
    assertThat(table.newest(RecordedStream.main(GATE), 1)).containsExactly(segment(GATE, 4, true));

    table.put(segment(GATE, 4, false));
    assertThat(table.open()).isEmpty();
    assertThat(table.totalBytes()).isEqualTo(5 * 1000 + 10 + 1001);
    assertThat(table.cameras()).containsExactlyInAnyOrder(GATE, PATH);
  }

  @Test
  void rowsAreReadInTheOrderOfTheirNamesAPageAtATime() {
    CameraId first = new CameraId("gate");
    for (CameraId camera : List.of(first, GATE, PATH)) {
      table.put(segment(camera, 1, false));
      table.put(segment(camera, 2, camera.equals(PATH)));
    }

    assertThat(table.count()).isEqualTo(6);
    assertThat(table.after("", "", 3))
        .as("by bytes: a hyphen comes before a slash")
        .containsExactly(
            segment(GATE, 1, false), segment(GATE, 2, false), segment(first, 1, false));
    assertThat(table.after("", "gate/1.mp4", 10))
        .containsExactly(segment(first, 2, false), segment(PATH, 1, false), segment(PATH, 2, true));
  }

  @Test
  void whatIsRecordedInADayIsSummedByCamera() {
    table.put(segment(GATE, 0, false));
    table.put(segment(GATE, 1, true));
    table.put(segment(PATH, 2, false));

    assertThat(table.days(START.plusSeconds(86_400 + 5)))
        .containsExactlyInAnyOrder(
            new RecordedDay(GATE, StreamRole.MAIN, 1, 1000, 0, START),
            new RecordedDay(GATE, StreamRole.MAIN, 0, 1001, 0, START.plusSeconds(10)),
            new RecordedDay(PATH, StreamRole.MAIN, 0, 1002, 0, START.plusSeconds(20)));
  }

  @Test
  void eachStreamHasItsRowsAndGaps() {
    RecordedStream sub = new RecordedStream(GATE, StreamRole.SUB);
    Segment small = new Segment(GATE, "gate-1/1.sub.mp4", START, START.plusSeconds(10), 7, false);
    Segment thin =
        new Segment(GATE, "gate-1/0.sub.key.mp4", START.minusSeconds(5), START, 3, false);
    table.put(segment(GATE, 0, false));
    table.put(thin);
    table.put(small);
    Gap gap = new Gap(GATE, START.plusSeconds(10), START.plusSeconds(30), Gap.Reason.CAMERA_LOST);
    Gap beside = new Gap(GATE, StreamRole.SUB, gap.from(), gap.to(), Gap.Reason.DAMAGED);
    table.put(gap);
    table.put(beside);

    assertThat(table.segments(GATE, START, NOW, 10)).hasSize(2).contains(small);
    assertThat(table.segments(sub, START, NOW, 10)).containsExactly(small);
    assertThat(table.newest(sub, 2)).containsExactly(small, thin);
    assertThat(table.gaps(GATE, START, NOW, 10)).containsExactlyInAnyOrder(gap, beside);
    assertThat(table.gaps(sub, START, NOW, 10)).containsExactly(beside);
    assertThat(table.days(START.plusSeconds(86_390)))
        .contains(new RecordedDay(GATE, StreamRole.SUB, 0, 10, 3, thin.start()));

    assertThat(table.deletable("", sub, NOW, 10)).containsExactly(thin, small);
    hold(START.plusSeconds(1), START.plusSeconds(2), NOW.plusSeconds(1));
    assertThat(table.deletable("", sub, NOW, 10)).as("a hold is of both").containsExactly(thin);
    table.remove(thin);
    table.remove(small);
    assertThat(table.gaps(GATE, START, NOW, 10)).as("both end behind it").contains(gap, beside);
  }

  @Test
  void gapsLeaveWithTheRecordingsBeforeAndBehindThem() {
    table.put(segment(GATE, 0, false));
    table.put(segment(GATE, 3, false));
    Gap gap = new Gap(GATE, START.plusSeconds(10), START.plusSeconds(30), Gap.Reason.CAMERA_LOST);
    table.put(gap);

    assertThat(table.gaps(GATE, START, START.plusSeconds(11), 10)).containsExactly(gap);
    assertThat(table.gaps(GATE, START.plusSeconds(30), START.plusSeconds(60), 10)).isEmpty();
    table.remove(segment(GATE, 0, false));
    assertThat(table.gaps(GATE, START, NOW, 10)).containsExactly(gap);
    table.remove(segment(GATE, 3, false));
    assertThat(table.gaps(GATE, START, NOW, 10)).isEmpty();
  }

  @Test
  void whatIsHeldIsNotDeletableUntilTheHoldEnds() {
    for (int i = 0; i < 4; i++) {
      table.put(segment(GATE, i, i == 3));
      table.put(segment(PATH, i, false));
    }
    hold(START.plusSeconds(5), START.plusSeconds(15), NOW.plusSeconds(1));
    hold(START.plusSeconds(20), START.plusSeconds(30), NOW);

    List<Segment> all = table.deletable(List.of(""), 100);
    assertThat(all)
        .as("the first two are held, the hold of the third has expired, the fourth is open")
        .filteredOn(segment -> segment.camera().equals(GATE))
        .containsExactly(segment(GATE, 2, false));
    assertThat(all).hasSize(5).isSortedAccordingTo((a, b) -> a.start().compareTo(b.start()));
    assertThat(table.deletable("", RecordedStream.main(PATH), START.plusSeconds(20), 100))
        .containsExactly(segment(PATH, 0, false));

    holds.list().forEach(hold -> holds.remove(hold.id(), Actor.SYSTEM, RequestOrigin.NONE));
    assertThat(table.deletable("", RecordedStream.main(GATE), NOW, 100)).hasSize(3);
  }

  @Test
  void aDiskHasItsOwnRowsAndTheFirstTakesOverThoseOfNone() {
    table.put(segment(GATE, 0, false));
    table.put(segment(GATE, 1, false).on("b"));
    table.put(segment(PATH, 2, false).on("b"));
    table.put(new KnownDisk("a", "/mnt/a", 0, 0));

    assertThat(table.disks())
        .containsExactly(
            new KnownDisk("", "", 1, 1000),
            new KnownDisk("a", "/mnt/a", 0, 0),
            new KnownDisk("b", "", 2, 2003));
    assertThat(table.after("b", "", 10)).hasSize(2);
    assertThat(table.deletable("b", RecordedStream.main(GATE), NOW, 10))
        .containsExactly(segment(GATE, 1, false).on("b"));
    assertThat(table.deletable(List.of("a", ""), 10)).containsExactly(segment(GATE, 0, false));
    assertThat(table.deletable(List.of(), 10)).isEmpty();

    table.adopt("a");
    table.put(new KnownDisk("a", "/mnt/c", 0, 0));
    assertThat(table.disks())
        .containsExactly(new KnownDisk("a", "/mnt/c", 1, 1000), new KnownDisk("b", "", 2, 2003));
    assertThat(table.find(segment(GATE, 0, false).file()).orElseThrow().segment().disk())
        .isEqualTo("a");
  }

  @Test
  void aMoveIsNotedUntilItIsOverAndChangesTheDiskOfWhatIsStillThere() {
    table.put(segment(GATE, 0, false).on("a"));
    table.put(segment(GATE, 1, true).on("a"));
    table.put(segment(PATH, 2, false).on("b"));
    assertThat(table.movable(List.of("a"), GATE, NOW, 10))
        .containsExactly(segment(GATE, 0, false).on("a"));
    assertThat(table.movable(List.of("a"), GATE, START.plusSeconds(10), 10)).isEmpty();

    Move move = new Move(segment(GATE, 0, false).file(), "a", "c");
    table.begin(move);
    table.begin(move);
    assertThat(table.moves()).containsExactly(move);
    assertThat(table.complete(move)).isTrue();
    assertThat(table.complete(move)).as("it is no longer there").isFalse();
    assertThat(table.complete(new Move(segment(GATE, 1, true).file(), "a", "c")))
        .as("it is open")
        .isFalse();
    assertThat(table.release(segment(GATE, 0, false).on("a"), DeletionReason.AGE))
        .as("as it was listed before")
        .isFalse();
    assertThat(table.after("c", "", 10)).containsExactly(segment(GATE, 0, false).on("c"));
    table.end(move);
    assertThat(table.moves()).isEmpty();
  }

  @Test
  void aThinnedFileTakesThePlaceOfTheFirstUnlessThatIsHeld() {
    Segment first = segment(GATE, 0, false).on("a");
    table.close(first, "1".repeat(64));
    table.close(segment(GATE, 1, false).on("a"), "2".repeat(64));
    ThinningIndex thinning = table.thinning();
    assertThat(thinning.due("a", GATE, NOW, 1)).containsExactly(first);
    assertThat(thinning.due("b", GATE, NOW, 1)).isEmpty();
    assertThat(thinning.due("a", GATE, first.end(), 9)).isEmpty();

    ThinningIndex.Note note = new ThinningIndex.Note(first.file(), "a");
    thinning.begin(note);
    thinning.begin(note);
    assertThat(thinning.notes()).containsExactly(note);
    Segment thinned =
        new Segment(GATE, SegmentNames.thinned(first.file()), first.start(), first.end(), 9, false)
            .on("a");
    hold(first.start(), first.end(), NOW.plusSeconds(1));
    assertThat(thinning.due("a", GATE, NOW, 9)).as("held").doesNotContain(first);
    assertThat(thinning.complete(first, thinned, "3".repeat(64))).as("held").isFalse();
    assertThat(table.find(thinned.file())).isEmpty();

    holds.remove(holds.list().get(0).id(), Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(thinning.complete(first, thinned, "3".repeat(64))).isTrue();
    assertThat(thinning.complete(first, thinned, "3".repeat(64))).as("twice").isFalse();
    assertThat(table.find(first.file())).isEmpty();
    assertThat(table.find(thinned.file()).orElseThrow())
        .isEqualTo(new RecordingIndex.Indexed(thinned, "3".repeat(64)));
    assertThat(table.released(1)).extracting(one -> one.segment()).containsExactly(first);
    thinning.end(note);
    assertThat(thinning.notes()).isEmpty();

    assertThat(thinning.due("a", GATE, NOW, 9)).containsExactly(segment(GATE, 1, false).on("a"));
    thinning.spare(segment(GATE, 1, false));
    assertThat(thinning.due("a", GATE, NOW, 9)).isEmpty();
    table.put(segment(GATE, 1, false).on("a"));
    assertThat(thinning.due("a", GATE, NOW, 9)).as("spared for good").isEmpty();
  }

  private void hold(Instant from, Instant to, Instant expires) {
    assertThat(holds.add(GATE, from, to, "case 17", expires, Actor.SYSTEM, RequestOrigin.NONE))
        .isPresent();
  }
}
