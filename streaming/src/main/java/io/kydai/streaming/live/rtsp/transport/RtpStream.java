package io.kydai.streaming.live.rtsp.transport;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.live.rtsp.payload.PayloadFormat;
import io.kydai.streaming.live.rtsp.payload.UnpayloadableException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The RTP stream of one viewer (RFC 3550): numbers and times of its packets, and its sender
 * reports. A report is due with the first picture, with the first after a gap, and each {@value
 * #REPORT_SECONDS} s of media time; its NTP time is the camera's wall clock at that picture. One
 * thread at a time.
 *
 * <p>Sequence numbers go on without a hole where pictures were left out on purpose: for the
 * receiver nothing is lost, since what comes next is a key frame.
 */
public final class RtpStream {
  public static final int REPORT_SECONDS = 5;

  private static final int HEAD = 12;
  private static final int VERSION = 0x80;
  private static final int MARKER = 0x80;
  private static final int SENDER_REPORT = 200;
  private static final int SOURCE_DESCRIPTION = 202;
  private static final int GOODBYE = 203;
  private static final int REPORT_BYTES = 28;
  private static final int GOODBYE_BYTES = 8;
  private static final long REPORT_INTERVAL = MediaTime.ticksOfSeconds((long) REPORT_SECONDS);

  /** The seconds from 1900, the start of NTP time, to 1970. */
  private static final long NTP_TO_UNIX = 2_208_988_800L;

  private final int payloadType;
  private final int ssrc;
  private final int firstTimestamp;
  private final byte[] name;
  private int sequence;
  private int packets;
  private int octets;
  private boolean reportDue = true;
  private long reportedAt;

  /**
   * @param random is asked for what RFC 3550, section 5.1, wants to be unpredictable
   */
  public RtpStream(int payloadType, RandomGenerator random) {
    this.payloadType = payloadType;
    ssrc = random.nextInt();
    firstTimestamp = random.nextInt();
    sequence = random.nextInt() & 0xffff;
    name = Long.toHexString(random.nextLong()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the sequence number of the next packet. */
  public int nextSequence() {
    return sequence;
  }

  public String ssrc() {
    return String.format("%08X", ssrc);
  }

  /** The next picture does not follow on the one before: its time is to be told anew. */
  public void interrupted() {
    reportDue = true;
  }

  /**
   * Adds a picture's packets to a batch, with a report in front where one is due.
   *
   * @throws UnpayloadableException as {@link PayloadFormat#cut}
   */
  public void add(AccessUnit unit, PayloadFormat format, MediaTransport.Batch batch)
      throws UnpayloadableException {
    int timestamp = timestamp(unit);
    if (reportDue || Math.abs(unit.mediaTime() - reportedAt) >= REPORT_INTERVAL) {
      reportDue = false;
      reportedAt = unit.mediaTime();
      report(unit.wallClock(), timestamp, batch);
    }
    format.cut(
        requireNonNull(unit),
        (head, data, offset, length, last) -> {
          int size = head.remaining() + length;
          ByteBuf packet = batch.packet(false, HEAD + size);
          packet.writeByte(VERSION).writeByte((last ? MARKER : 0) | payloadType);
          packet.writeShort(sequence).writeInt(timestamp).writeInt(ssrc);
          packet.writeBytes(head);
          packet.writeBytes(data.duplicate().limit(offset + length).position(offset));
          sequence = sequence + 1 & 0xffff;
          packets++;
          octets += size;
        });
  }

  private int timestamp(AccessUnit unit) {
    return (int) (firstTimestamp + unit.mediaTime());
  }

  /** A compound packet of a sender report and the canonical name (section 6.1). */
  private void report(Instant wallClock, int timestamp, MediaTransport.Batch batch) {
    int described = described();
    ByteBuf out = batch.packet(true, REPORT_BYTES + described);
    head(out, 0, SENDER_REPORT, REPORT_BYTES);
    out.writeInt((int) (wallClock.getEpochSecond() + NTP_TO_UNIX));
    out.writeInt((int) (((long) wallClock.getNano() << 32) / 1_000_000_000L));
    out.writeInt(timestamp).writeInt(packets).writeInt(octets);
    describe(out, described);
  }

  /** The bytes of the source description: head, an item of type, length and text, and its end. */
  private int described() {
    return (8 + 2 + name.length + 1 + 3) / 4 * 4;
  }

  private void describe(ByteBuf out, int bytes) {
    head(out, 1, SOURCE_DESCRIPTION, bytes);
    out.writeByte(1).writeByte(name.length).writeBytes(name);
    out.writeZero(bytes - 8 - 2 - name.length);
  }

  private void head(ByteBuf out, int count, int type, int bytes) {
    out.writeByte(VERSION | count).writeByte(type).writeShort(bytes / 4 - 1).writeInt(ssrc);
  }

  /** Adds the word that the stream is over (section 6.6), behind a report, as compounds begin. */
  public void end(MediaTransport.Batch batch) {
    int described = described();
    ByteBuf out = batch.packet(true, 8 + described + GOODBYE_BYTES);
    // An empty receiver report: the time of a picture that never comes is not known.
    head(out, 0, SENDER_REPORT + 1, 8);
    describe(out, described);
    head(out, 1, GOODBYE, GOODBYE_BYTES);
  }
}
