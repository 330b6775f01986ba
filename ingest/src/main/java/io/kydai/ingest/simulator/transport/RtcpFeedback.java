package io.kydai.ingest.simulator.transport;

import java.nio.ByteBuffer;

/**
 * The feedback in a client's RTCP packet (RFC 3550, section 6.4.2; RFC 4585, section 6.3.1; RFC
 * 5104, section 4.3.1). Malformed parts are ignored.
 *
 * @param receiverReports the number of receiver reports
 * @param lost the cumulative number of packets lost in the last receiver report
 * @param pictureLosses the number of picture loss indications (PLI)
 * @param intraRequests the number of full intra requests (FIR)
 */
public record RtcpFeedback(int receiverReports, int lost, int pictureLosses, int intraRequests) {
  private static final int RECEIVER_REPORT = 201;
  private static final int PAYLOAD_SPECIFIC = 206;
  private static final int PLI = 1;
  private static final int FIR = 4;

  /** Parses a compound RTCP packet. */
  public static RtcpFeedback read(byte[] rtcp) {
    int reports = 0;
    int lost = 0;
    int losses = 0;
    int intra = 0;
    ByteBuffer in = ByteBuffer.wrap(rtcp);
    while (in.remaining() >= 4) {
      int start = in.position();
      int first = in.get(start) & 0xff;
      int type = in.get(start + 1) & 0xff;
      int length = 4 * ((in.getShort(start + 2) & 0xffff) + 1);
      if (first >> 6 != 2 || length > in.remaining()) {
        break;
      }
      int count = first & 31;
      if (type == RECEIVER_REPORT) {
        reports++;
        if (count > 0 && length >= 32) {
          lost = in.getInt(start + 12) << 8 >> 8;
        }
      } else if (type == PAYLOAD_SPECIFIC && count == PLI) {
        losses++;
      } else if (type == PAYLOAD_SPECIFIC && count == FIR) {
        intra++;
      }
      in.position(start + length);
    }
    return new RtcpFeedback(reports, lost, losses, intra);
  }

  /** Returns whether the client requests a key picture. */
  public boolean requestsKeyPicture() {
    return pictureLosses + intraRequests > 0;
  }
}
