package io.kydai.ingest.rtp.nal;

import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Assembles access units from the NAL units that a depacketiser extracts from RTP payloads, for
 * H.264 and H.265 alike. The data flows in one direction: payload, NAL units (split at start codes
 * when a camera leaves these in), their {@link NalClassifier classification}, access unit, {@link
 * PictureReceiver}.
 *
 * <p>A picture ends where the timestamp changes or, while {@link MarkerBits} are reliable, with the
 * marker bit. They are found to be unreliable when a slice continues the picture that a marker has
 * just ended. This picture is then delivered again as a whole, marked {@link Picture#afterLoss}, so
 * that decoding restarts with it if it is a key picture.
 *
 * <p>RASL pictures (ITU-T H.265, section 8.1.3) refer to pictures before their key picture. They
 * are dropped after a key picture at which the stream begins or continues after a loss, because
 * they cannot be decoded there. This does not count as a loss.
 *
 * <p>A picture of which something is missing is delivered with its complete NAL units, marked
 * {@link Picture#damaged}, if a slice is among them; otherwise it is dropped. In both cases the
 * next picture is marked {@link Picture#afterLoss}.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>all NAL units of a picture</td><td>8 MiB</td><td>{@link MediaException}</td></tr>
 * <tr><td>pictures being assembled</td><td>one</td>
 *     <td>it is delivered when the next begins</td></tr>
 * <tr><td>delivered pictures kept, to be joined with their rest</td><td>one</td>
 *     <td>forgotten when the timestamp changes</td></tr>
 * </table>
 */
public final class AccessUnitAssembler {
  private final PictureReceiver receiver;
  private final NalClassifier classifier;
  private final MarkerBits markerBits;
  private final NalBuffer nals = new NalBuffer(Picture.MAX_BYTES);

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

  /** Whether a recovery point message arrived since the last picture was delivered. */
  private boolean recoveryPoint;

  /** Whether a sequence parameter set arrived since the last picture was delivered. */
  private boolean sequenceParameterSet;

  /** Whether something was lost since the last picture was delivered. */
  private boolean loss;

  private boolean gapBeforeNext;

  /**
   * Whether packets before this picture are missing, so that its first slices may be among them.
   */
  private boolean beginningUncertain;

  /** The picture that was delivered last, while more packets with its timestamp may arrive. */
  private @Nullable Picture last;

  private long lastEnded = -1;

  /** The delivered picture that the current one continues; null when it continues none. */
  private @Nullable Picture firstPart;

  /** Whether leading pictures are dropped, until a key picture without a loss before it arrives. */
  private boolean skippingLeading = true;

  /** Whether the coded sequence ended, so that the next key picture begins another one. */
  private boolean sequenceEnded = true;

  /**
   * Creates an assembler for one connection.
   *
   * @param receiver receives the parameter sets and pictures
   * @param classifier the classifier of the stream's codec
   * @param markerBits what is known about the camera's marker bits
   */
  AccessUnitAssembler(PictureReceiver receiver, NalClassifier classifier, MarkerBits markerBits) {
    this.receiver = receiver;
    this.classifier = classifier;
    this.markerBits = markerBits;
  }

  /** Called when packets are missing before the next one. */
  void lost() {
    loss = true;
    gapBeforeNext = true;
    damaged |= started;
    nals.abort();
  }

  /** Begins a packet. The calls that add its content follow. */
  void beginPacket(long packetTimestamp) {
    if (packetTimestamp != timestamp) {
      if (started) {
        markerBits.pictureEnded(slices, markers, markerAtEnd);
        finish();
      }
      last = null;
    }
    beginningUncertain |= gapBeforeNext && !started;
    gapBeforeNext = false;
    started = true;
    timestamp = packetTimestamp;
    markerAtEnd = false;
  }

  /**
   * Ends a packet.
   *
   * @param marker the packet's marker bit
   */
  void endPacket(boolean marker) {
    if (!marker) {
      return;
    }
    markers++;
    markerAtEnd = true;
    markerInFragment = nals.isOpen();
    // A marker inside a NAL unit or before a picture's first slice does not end a picture.
    boolean mayEnd = !nals.isOpen() && (slices > 0 || damaged);
    if (mayEnd && markerBits.areReliable()) {
      finish();
    }
  }

  /** Marks the current picture as damaged. */
  void markDamaged() {
    damaged = true;
  }

  /** Adds a complete NAL unit. */
  void addNalUnit(ByteBuf payload, int at, int size) throws MediaException {
    dropUnfinished();
    nals.begin();
    append(payload, at, size);
    nalEnded(nals.end());
  }

  /** Drops an unfinished NAL unit, if there is one, because its next fragment did not follow. */
  void dropUnfinished() {
    if (nals.isOpen()) {
      nals.abort();
      damaged = true;
    }
  }

  /**
   * Adds a fragment of a NAL unit.
   *
   * @param first whether the NAL unit begins with this fragment
   * @param isLast whether the NAL unit ends with this fragment
   * @param header the header of the whole NAL unit, rebuilt from the fragment's header: one or two
   *     bytes, by the codec, big-endian
   */
  void addFragment(boolean first, boolean isLast, int header, ByteBuf payload, int at, int size)
      throws MediaException {
    if (first) {
      dropUnfinished();
      nals.begin();
      nals.append(header, classifier.headerLength());
    } else if (!nals.isOpen()) {
      damaged = true;
      return;
    } else if (markerInFragment) {
      markerBits.markerInsidePicture();
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
      int length = nals.split(code);
      int start = nals.end();
      // Before the first start code there may be nothing, or only the rebuilt header.
      if (nals.length(start) > classifier.headerLength()) {
        nalEnded(start);
      } else {
        nals.dropLast(start);
      }
      nals.reopen(code + StartCodes.LENGTH, length);
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
      case IGNORED -> nals.dropLast(start);
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
      case OTHER -> {
        // The NAL unit stays in the buffer.
      }
    }
  }

  /** Delivers a parameter set and removes it from the picture. */
  private void parameterSet(int start) {
    receiver.onParameterSet(nals.nal(start));
    nals.dropLast(start);
  }

  private void slice(NalUnit unit) {
    intra &= unit.intra();
    if (slices++ > 0) {
      return;
    }
    keyFrame = unit.keyFrame();
    pictureParameterSet = unit.pictureParameterSet();
    if (keyFrame) {
      skippingLeading = sequenceEnded || loss || damaged || !unit.openGop();
      sequenceEnded = false;
    }
    if (!unit.firstSlice()) {
      withoutFirstSlice();
    }
  }

  /** Handles a picture whose first NAL unit is not the first slice of a picture. */
  private void withoutFirstSlice() {
    if (beginningUncertain) {
      damaged = true;
    } else if (last != null) {
      markerBits.markerInsidePicture();
      firstPart = last;
    } else if (timestamp == lastEnded) {
      damaged = true;
    }
  }

  private void finish() {
    dropUnfinished();
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
    firstPart = null;
  }

  private Picture picture() {
    boolean entry = recoveryPoint || sequenceParameterSet && intra;
    if (firstPart == null) {
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
        firstPart.keyFrame(),
        firstPart.recoveryPoint(),
        firstPart.pictureParameterSet(),
        true,
        damaged || firstPart.damaged(),
        nals.toBytes(firstPart.data()));
  }
}
