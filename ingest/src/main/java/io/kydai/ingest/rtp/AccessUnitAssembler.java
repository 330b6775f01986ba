package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Puts access units together from the NAL units that a depacketiser takes out of its payloads: what
 * H.264 and H.265 share. Everything goes one way: payload, NAL units (parted at start codes, where
 * a camera leaves those in), their {@link NalClassifier classification}, access unit, {@link
 * PictureReceiver}.
 *
 * <p>A picture ends where the timestamp changes or, as far as {@link MarkerBits} can be believed,
 * with the marker. That they cannot is found out by a slice that continues the picture just ended:
 * this picture then leaves again as a whole, {@link Picture#afterLoss}, so that decoding begins
 * anew with it if it is a key picture.
 *
 * <p>Pictures that refer to what was before the key picture at which the stream begins, or goes on
 * after a loss (RASL pictures; ITU-T H.265, section 8.1.3), are left out: they cannot be decoded,
 * and that is no loss.
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
 * <tr><td>pictures remembered, to be joined with their rest</td><td>one</td>
 *     <td>forgotten when the timestamp changes</td></tr>
 * </table>
 */
final class AccessUnitAssembler {
  static final int MAX_ACCESS_UNIT = 8 * 1024 * 1024;

  private final PictureReceiver receiver;
  private final NalClassifier classifier;
  private final MarkerBits markerBits;
  private final NalBuffer nals = new NalBuffer(MAX_ACCESS_UNIT);

  private boolean started;
  private long timestamp;
  private int slices;
  private int markers;
  private boolean markerAtEnd;
  private boolean markerInFragment;
  private boolean keyFrame;
  private boolean intra = true;
  private int pictureParameterSet;
  private boolean damaged;

  /** Messages and parameter sets that came since the last picture left. */
  private boolean recoveryPoint;

  private boolean sequenceParameterSet;

  /** Something was lost since the last picture left, or there was none yet. */
  private boolean loss;

  private boolean gapBeforeNext;

  /** Packets before this picture are missing: its first slices may be among them. */
  private boolean beginningUncertain;

  /** The picture that left last, while packets with its timestamp may come. */
  private @Nullable Picture last;

  private long lastEnded = -1;

  /** What the picture at hand is the rest of. */
  private @Nullable Picture cutOff;

  /** Leading pictures are left out, until a key picture that all before it is there for. */
  private boolean skippingLeading = true;

  /** Whether the coded sequence ended, so that the next key picture begins another one. */
  private boolean sequenceEnded = true;

  AccessUnitAssembler(PictureReceiver receiver, NalClassifier classifier, MarkerBits markerBits) {
    this.receiver = receiver;
    this.classifier = classifier;
    this.markerBits = markerBits;
  }

  /** Packets are missing before the next one. */
  void lost() {
    loss = true;
    gapBeforeNext = true;
    damaged |= started;
    nals.abort();
  }

  /** A packet begins; what it holds follows. */
  void packet(long itsTimestamp) {
    if (itsTimestamp != timestamp) {
      if (started) {
        markerBits.ended(slices, markers, markerAtEnd);
        finish();
      }
      last = null;
    }
    beginningUncertain |= gapBeforeNext && !started;
    gapBeforeNext = false;
    started = true;
    timestamp = itsTimestamp;
    markerAtEnd = false;
  }

  /** A packet is over. */
  void packetEnded(boolean marker) {
    if (!marker) {
      return;
    }
    markers++;
    markerAtEnd = true;
    markerInFragment = nals.isOpen();
    // In the middle of a NAL unit, or before a picture's first slice, nothing ends.
    boolean mayEnd = !nals.isOpen() && (slices > 0 || damaged);
    if (mayEnd && markerBits.endPictures()) {
      finish();
    }
  }

  /** Something of this picture cannot be used. */
  void damage() {
    damaged = true;
  }

  /** Adds a NAL unit that lies whole in a payload. */
  void whole(ByteBuf payload, int at, int size) throws MediaException {
    unfinished();
    nals.begin();
    append(payload, at, size);
    nalEnded(nals.end());
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
  void fragment(boolean first, boolean isLast, byte[] header, ByteBuf payload, int at, int size)
      throws MediaException {
    if (first) {
      unfinished();
      nals.begin();
      nals.append(header);
    } else if (!nals.isOpen()) {
      damaged = true;
      return;
    } else if (markerInFragment) {
      markerBits.misled();
      markerInFragment = false;
    }
    append(payload, at, size);
    if (isLast) {
      nalEnded(nals.end());
    }
  }

  private void append(ByteBuf payload, int at, int size) throws MediaException {
    nals.append(payload, at, size);
    for (int code = nals.startCode(); code >= 0; code = nals.startCode()) {
      int behind = nals.split(code);
      int start = nals.end();
      // Before the first start code there may be nothing, or no more than a made-up header.
      if (nals.length(start) > classifier.headerLength()) {
        nalEnded(start);
      } else {
        nals.dropLast(start);
      }
      nals.reopen(code + StartCodes.LENGTH, behind);
    }
  }

  private void nalEnded(int start) {
    if (nals.length(start) == 0) {
      nals.dropLast(start);
      return;
    }
    NalUnit unit = nals.classify(start, classifier);
    switch (unit.role()) {
      case PARAMETER_SET -> parameterSet(start);
      case SEQUENCE_PARAMETER_SET -> {
        sequenceParameterSet = true;
        parameterSet(start);
      }
      case RECOVERY_POINT -> recoveryPoint = true;
      case LEFT_OUT -> nals.dropLast(start);
      case END_OF_SEQUENCE -> {
        sequenceEnded = true;
        nals.dropLast(start);
      }
      case UNREADABLE -> {
        nals.dropLast(start);
        damaged = true;
      }
      case SKIPPED_LEADING_SLICE -> {
        if (skippingLeading) {
          nals.dropLast(start);
        } else {
          slice(unit);
        }
      }
      case SLICE -> slice(unit);
      case PART -> {
        // Stays where it is.
      }
    }
  }

  /** A parameter set travels apart from the picture. */
  private void parameterSet(int start) {
    receiver.onParameterSet(nals.nal(start));
    nals.dropLast(start);
  }

  private void slice(NalUnit unit) {
    intra &= unit.intra();
    if (slices++ > 0) {
      return;
    }
    keyFrame = unit.key();
    pictureParameterSet = unit.pictureParameterSet();
    if (keyFrame) {
      skippingLeading = sequenceEnded || loss || damaged || !unit.open();
      sequenceEnded = false;
    }
    if (!unit.begins()) {
      continues();
    }
  }

  /** The picture at hand does not begin with a picture's first slice. */
  private void continues() {
    if (beginningUncertain) {
      damaged = true;
    } else if (last != null) {
      markerBits.misled();
      cutOff = last;
    } else if (timestamp == lastEnded) {
      damaged = true;
    }
  }

  private void finish() {
    unfinished();
    last = null;
    if (slices > 0) {
      Picture whole = picture();
      last = whole;
      receiver.onPicture(whole);
      loss = false;
      recoveryPoint = false;
      sequenceParameterSet = false;
    }
    loss |= damaged;
    if (slices > 0 || damaged) {
      lastEnded = timestamp;
      beginningUncertain = false;
    }
    nals.clear();
    started = false;
    slices = 0;
    markers = 0;
    markerInFragment = false;
    intra = true;
    damaged = false;
    cutOff = null;
  }

  private Picture picture() {
    boolean entry = recoveryPoint || sequenceParameterSet && intra;
    if (cutOff == null) {
      return new Picture(
          timestamp,
          keyFrame,
          entry && !keyFrame,
          pictureParameterSet,
          loss,
          damaged,
          nals.toBytes());
    }
    return new Picture(
        timestamp,
        cutOff.keyFrame(),
        cutOff.recoveryPoint(),
        cutOff.pictureParameterSet(),
        true,
        damaged || cutOff.damaged(),
        nals.toBytes(cutOff.data()));
  }
}
