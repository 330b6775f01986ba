package io.kydai.ingest.rtp;

import io.kydai.ingest.h264.MalformedBitstreamException;
import io.kydai.ingest.h264.NalUnits;
import io.kydai.ingest.h264.SliceHeader;
import io.netty.buffer.ByteBuf;

/**
 * Puts pictures together from RTP payloads (RFC 6184): single NAL units, STAP-A and FU-A.
 *
 * <p>A picture ends with the marker bit or where the timestamp changes. A camera that sets the
 * marker behind every slice is found out by a slice that continues the picture just ended; from
 * then on only the timestamp counts, at the cost of one picture's delay. (The one picture by which
 * it was found out has left without its other slices; the next says {@link Picture#afterLoss}.)
 *
 * <p>What is damaged never leaves: a picture in which a packet is missing is dropped whole, and
 * {@link Picture#afterLoss} of the next one says so.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>all NAL units of a picture</td><td>8 MiB</td><td>{@link MediaException}</td></tr>
 * <tr><td>pictures waiting</td><td>one</td><td>it leaves when the next begins</td></tr>
 * <tr><td>STAP-B, MTAP, FU-B</td><td>not negotiated</td><td>{@link MediaException}</td></tr>
 * <tr><td>other types, aggregates that end early</td><td></td><td>the picture is damaged</td></tr>
 * </table>
 */
public final class H264Depacketizer implements Depacketizer {
  static final int MAX_ACCESS_UNIT = 8 * 1024 * 1024;

  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int FU_B = 29;

  private final PictureReceiver receiver;
  private final NalBuffer nals = new NalBuffer(MAX_ACCESS_UNIT);

  private boolean started;
  private long timestamp;
  private boolean hasPicture;
  private boolean keyFrame;
  private int pictureParameterSet;
  private boolean damaged;

  /** Something was lost since the last picture left. */
  private boolean loss;

  private boolean gapBeforeNext;

  /** Packets before this picture are missing: its first slices may be among them. */
  private boolean beginningUncertain;

  private long lastEnded = -1;
  private boolean markerMeansSlice;

  public H264Depacketizer(PictureReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void lost() {
    loss = true;
    gapBeforeNext = true;
    damaged |= started;
    if (nals.isOpen()) {
      nals.abort();
    }
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
      unpack(packet.payload());
    }
    if (packet.marker() && !markerMeansSlice) {
      finish();
    }
  }

  private void unpack(ByteBuf payload) throws MediaException {
    int start = payload.readerIndex();
    int size = payload.readableBytes();
    byte header = payload.getByte(start);
    int type = NalUnits.type(header);
    if (type == FU_A) {
      fragment(payload, start, size);
      return;
    }
    if (nals.isOpen()) {
      nals.abort();
      damaged = true;
    }
    if (type == STAP_A) {
      aggregate(payload, start + 1, size - 1);
    } else if (type > STAP_A && type <= FU_B) {
      throw new MediaException(
          "sends interleaved H.264 packets (type " + type + "), which were not agreed on");
    } else if (type == 0 || type > FU_B) {
      damaged = true;
    } else {
      whole(payload, start, size);
    }
  }

  private void whole(ByteBuf payload, int start, int size) throws MediaException {
    nals.begin();
    nals.append(payload, start, size);
    nalEnded();
  }

  private void aggregate(ByteBuf payload, int start, int size) throws MediaException {
    int at = start;
    int end = start + size;
    while (at < end) {
      int length = end - at < 2 ? 0 : payload.getUnsignedShort(at);
      at += 2;
      if (length == 0 || length > end - at) {
        damaged = true;
        return;
      }
      whole(payload, at, length);
      at += length;
    }
  }

  private void fragment(ByteBuf payload, int start, int size) throws MediaException {
    if (size < 2) {
      damaged = true;
      return;
    }
    byte indicator = payload.getByte(start);
    byte header = payload.getByte(start + 1);
    boolean first = (header & 0x80) != 0;
    if (first == nals.isOpen()) {
      // A beginning inside a NAL unit, or a continuation of nothing.
      damaged = true;
      if (nals.isOpen()) {
        nals.abort();
      }
    }
    if (first) {
      nals.begin();
      nals.append((byte) (indicator & 0xe0 | header & 0x1f));
    }
    if (nals.isOpen()) {
      nals.append(payload, start + 2, size - 2);
      if ((header & 0x40) != 0) {
        nalEnded();
      }
    }
  }

  private void nalEnded() {
    int start = nals.end();
    int type = NalUnits.type(nals.header(start));
    switch (type) {
      case NalUnits.SEQUENCE_PARAMETER_SET, NalUnits.PICTURE_PARAMETER_SET -> {
        receiver.onParameterSet(nals.nal(start));
        nals.dropLast(start);
      }
      case NalUnits.ACCESS_UNIT_DELIMITER,
          NalUnits.END_OF_SEQUENCE,
          NalUnits.END_OF_STREAM,
          NalUnits.FILLER ->
          nals.dropLast(start);
      default -> {
        if (NalUnits.isPicture(type) && !hasPicture) {
          pictureBegins(type, nals.head(start));
        }
      }
    }
  }

  private void pictureBegins(int type, byte[] head) {
    hasPicture = true;
    keyFrame = type == NalUnits.IDR_SLICE;
    try {
      SliceHeader slice = SliceHeader.parse(head);
      pictureParameterSet = slice.pictureParameterSet();
      if (slice.firstMacroblock() != 0) {
        if (beginningUncertain) {
          damaged = true;
        } else if (timestamp == lastEnded) {
          markerMeansSlice = true;
          damaged = true;
        }
      }
    } catch (MalformedBitstreamException e) {
      damaged = true;
    }
  }

  private void finish() {
    if (nals.isOpen()) {
      damaged = true;
    }
    if (damaged) {
      loss = true;
    } else if (hasPicture) {
      receiver.onPicture(
          new Picture(timestamp, keyFrame, pictureParameterSet, loss, false, nals.toBytes()));
      loss = false;
    }
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
