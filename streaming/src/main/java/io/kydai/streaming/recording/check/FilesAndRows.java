package io.kydai.streaming.recording.check;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way through all recorded files of a disk and all rows of them, both in the order of the
 * names. In memory are the names of one day of one camera and a page of rows.
 */
final class FilesAndRows {
  private static final int PAGE = 1000;

  private final RecordingIndex index;
  private final String disk;
  private Iterator<Segment> page = List.<Segment>of().iterator();
  private @Nullable Segment next;
  private String last = "";
  private boolean isAtEnd;

  private FilesAndRows(RecordingIndex index, String disk) {
    this.index = index;
    this.disk = disk;
  }

  /** Is shown each name once. */
  interface Visitor {
    /** A file, with its row where there is one. */
    void file(String file, @Nullable Segment row) throws IOException;

    /** A row of which there was no file when the folder was listed. */
    void rowAlone(Segment row) throws IOException;
  }

  /**
   * Shows everything to a visitor, who may change the index.
   *
   * @throws IOException when a folder cannot be listed
   */
  static void visit(RecordingFolder folder, RecordingIndex index, Visitor visitor)
      throws IOException {
    FilesAndRows rows = new FilesAndRows(index, folder.disk());
    // In the order of the names with a slash behind, as rows are: "a-1/" comes before "a/".
    List<String> cameras = new ArrayList<>(folder.cameras());
    cameras.sort((a, b) -> (a + "/").compareTo(b + "/"));
    for (String camera : cameras) {
      for (String day : folder.days(camera)) {
        for (String file : folder.files(camera, day)) {
          rows.upTo(file, visitor);
          Segment row = rows.peek();
          boolean isKnown = row != null && row.file().equals(file);
          visitor.file(file, isKnown ? rows.take() : null);
        }
      }
    }
    rows.upTo(null, visitor);
  }

  /** Shows the rows before a file, or all that are left. */
  private void upTo(@Nullable String file, Visitor visitor) throws IOException {
    for (Segment row = peek();
        row != null && (file == null || row.file().compareTo(file) < 0);
        row = peek()) {
      visitor.rowAlone(take());
    }
  }

  private @Nullable Segment peek() {
    if (next == null && !page.hasNext() && !isAtEnd) {
      page = index.after(disk, last, PAGE).iterator();
      isAtEnd = !page.hasNext();
    }
    if (next == null && page.hasNext()) {
      next = page.next();
      last = next.file();
    }
    return next;
  }

  private Segment take() {
    Segment taken = requireNonNull(peek());
    next = null;
    return taken;
  }
}
