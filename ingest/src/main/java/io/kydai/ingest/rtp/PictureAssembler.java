package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Where pictures of NAL units begin and end in a stream of packets, and which of them are damaged.
 * What H.264 and H.265 share; how NAL units lie in a payload is the {@link Unpacking}'s.
 *
 * <p>A picture ends with the marker bit or where the timestamp changes. A camera that sets the
 * marker behind every slice is found out by a slice that continues the picture just ended; from
 * then on only the timestamp counts, at the cost of one picture's delay. (The one picture by which
 * it was found out leaves in parts, the later ones damaged.)
 *
 * <p>A picture in which something is missing leaves with the NAL units that are whole, marked
 * {@link Picture#damaged}, if a slice is among them; otherwise it is dropped. Either way {@link
 * Picture#afterLoss} of the next one says so.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>all NAL units of a picture</td><td>8 MiB</td><td>{@link MediaException}</td></tr>
 * <tr><td>pictures waiting</td><td>one</td><td>it leaves when the next begins</td></tr>
 * </table>
 */
final class PictureAssembler implements Depacketizer {
  static final int MAX_ACCESS_UNIT = 8 * 1024 * 1024;

  /** A codec's way to carry NAL units in packets. */
  interface Unpacking {
    /** Takes a payload apart; not empty, borrowed. */
    void unpack(ByteBuf payload, PictureAssembler to) throws MediaException;

    /** A NAL unit of {@code to} is whole: to be kept, dropped, or announced as a picture's. */
    void nalEnded(int start, PictureAssembler to);
  }

  private final PictureReceiver receiver;
  private final Unpacking unpacking;
  private final NalBuffer nals = new NalBuffer(MAX_ACCESS_UNIT);

  private boolean started;
  private long timestamp;
  private boolean hasPicture;
  private boolean keyFrame;
  private int pictureParameterSet;
  private boolean damaged;

  /** Something was lost since the last picture left, or there was none yet. */
  private boolean loss;

  private boolean gapBeforeNext;

  /** Packets before this picture are missing: its first slices may be among them. */
  private boolean beginningUncertain;

  private long lastEnded = -1;
  private boolean markerMeansSlice;

  PictureAssembler(PictureReceiver receiver, Unpacking unpacking) {
    this.receiver = receiver;
    this.unpacking = unpacking;
  }

  @Override
  public void lost() {
    loss = true;
    gapBeforeNext = true;
    damaged |= started;
    nals.abort();
  }

  @Override
  public void accept(RtpPacket packet) throws MediaException {
    if (started && packet.timestamp() != timestamp) {
      finish();
    }
    beginningUncertain |= gapBeforeNext && !started;
    gapBeforeNext = false;
    started = true;
    timestamp = packet.timestamp();
    if (packet.payload().isReadable()) {
      unpacking.unpack(packet.payload(), this);
    }
    if (packet.marker() && !markerMeansSlice) {
      finish();
    }
  }

  /** The NAL units of the picture at hand. */
  NalBuffer nals() {
    return nals;
  }

  /** Something of this picture cannot be used. */
  void damage() {
    damaged = true;
  }

  /** Whether something was lost or damaged since the last picture left. */
  boolean afterLoss() {
    return loss || damaged;
  }

  /** Adds a NAL unit that lies whole in a payload. */
  void whole(ByteBuf payload, int at, int size) throws MediaException {
    unfinished();
    nals.begin();
    nals.append(payload, at, size);
    unpacking.nalEnded(nals.end(), this);
  }

  /** Something else begins: a NAL unit that waits for its next fragment is damaged. */
  void unfinished() {
    if (nals.isOpen()) {
      nals.abort();
      damaged = true;
    }
  }

  /**
   * Adds a fragment of a NAL unit.
   *
   * @param header of the whole NAL unit, made up from the fragment's
   */
  void fragment(boolean first, boolean last, byte[] header, ByteBuf payload, int at, int size)
      throws MediaException {
    if (first) {
      unfinished();
      nals.begin();
      nals.append(header);
    } else if (!nals.isOpen()) {
      damaged = true;
      return;
    }
    nals.append(payload, at, size);
    if (last) {
      unpacking.nalEnded(nals.end(), this);
    }
  }

  /** A parameter set is whole; it travels apart from the picture. */
  void parameterSet(int start) {
    receiver.onParameterSet(nals.nal(start));
    nals.dropLast(start);
  }

  /** Whether no slice of the picture at hand was {@link #slice announced} yet. */
  boolean isPictureExpected() {
    return !hasPicture;
  }

  /**
   * The picture's first slice that is whole.
   *
   * @param beginning whether a picture begins with it
   */
  void slice(boolean key, boolean beginning, int namedParameterSet) {
    hasPicture = true;
    keyFrame = key;
    pictureParameterSet = namedParameterSet;
    if (!beginning) {
      if (beginningUncertain) {
        damaged = true;
      } else if (timestamp == lastEnded) {
        markerMeansSlice = true;
        damaged = true;
      }
    }
  }

  private void finish() {
    unfinished();
    if (hasPicture) {
      receiver.onPicture(
          new Picture(timestamp, keyFrame, pictureParameterSet, loss, damaged, nals.toBytes()));
      loss = false;
    }
    loss |= damaged;
    if (hasPicture || damaged) {
      lastEnded = timestamp;
      beginningUncertain = false;
    }
    nals.clear();
    started = false;
    hasPicture = false;
    damaged = false;
  }
}
