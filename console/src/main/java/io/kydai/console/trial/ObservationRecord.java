package io.kydai.console.trial;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The form in which an observation is kept: its times, the size of its frame, and for each track
 * id, class, score (to 1/255), box (to 1/20000 of the picture, and up to 1.6 pictures away),
 * whether it was seen, riders, scenery and first media time.
 */
final class ObservationRecord {
  private static final int SEEN = 1;
  private static final int SCENERY = 2;
  private static final int MAX_TRACKS = 10_000;
  private static final float SCORES = 255;
  private static final float PLACES = 20_000;
  private static final float FARTHEST = 1.6f;

  private ObservationRecord() {}

  static void write(Observation observation, DataOutput out) throws IOException {
    out.writeLong(observation.mediaTime());
    out.writeLong(observation.wallClock().toEpochMilli());
    out.writeInt(observation.width());
    out.writeInt(observation.height());
    out.writeInt(observation.tracks().size());
    for (Track track : observation.tracks()) {
      out.writeLong(track.id());
      out.writeUTF(track.label());
      out.writeByte(Math.round(track.score() * SCORES));
      out.writeShort(place(track.box().left()));
      out.writeShort(place(track.box().top()));
      out.writeShort(place(track.box().right()));
      out.writeShort(place(track.box().bottom()));
      out.writeByte((track.seen() ? SEEN : 0) | (track.scenery() ? SCENERY : 0));
      out.writeByte(track.riders());
      out.writeLong(track.firstMediaTime());
    }
  }

  private static int place(float part) {
    return Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, part)) * PLACES);
  }

  /**
   * Reads an observation.
   *
   * @throws IOException at the end of the input, which may be within a record
   */
  static Observation read(CameraId camera, DataInput in) throws IOException {
    long mediaTime = in.readLong();
    Instant wallClock = Instant.ofEpochMilli(in.readLong());
    int width = in.readInt();
    int height = in.readInt();
    int count = in.readInt();
    if (count < 0 || count > MAX_TRACKS) {
      throw new IOException("an observation of " + count + " tracks");
    }
    List<Track> tracks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tracks.add(track(in));
    }
    return new Observation(camera, mediaTime, wallClock, width, height, tracks);
  }

  private static Track track(DataInput in) throws IOException {
    long id = in.readLong();
    String label = in.readUTF();
    float score = in.readUnsignedByte() / SCORES;
    Box box =
        new Box(
            in.readShort() / PLACES,
            in.readShort() / PLACES,
            in.readShort() / PLACES,
            in.readShort() / PLACES);
    int flags = in.readByte();
    int riders = in.readByte();
    return new Track(
        id, label, score, box, (flags & SEEN) != 0, in.readLong(), riders, (flags & SCENERY) != 0);
  }
}
