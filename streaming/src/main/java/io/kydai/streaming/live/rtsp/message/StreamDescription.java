package io.kydai.streaming.live.rtsp.message;

import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Describes a stream to clients (SDP, RFC 8866) with its parameter sets (RFC 6184, section 8.2.1;
 * RFC 7798, section 7.2.1; RFC 2435 and RFC 3551 for JPEG).
 */
public final class StreamDescription {
  private static final int DYNAMIC = 96;
  private static final int JPEG = 26;

  private StreamDescription() {}

  public static int payloadType(Codec codec) {
    return codec == Codec.JPEG ? JPEG : DYNAMIC;
  }

  /**
   * @param id of the description, digits
   * @param camera the camera's id
   */
  public static String text(long id, String camera, CodecParameters parameters) {
    Codec codec = parameters.codec();
    int type = payloadType(codec);
    String media =
        switch (codec) {
          case H264 -> h264(parameters);
          case H265 -> h265(parameters);
          case JPEG -> "a=rtpmap:" + type + " JPEG/90000\r\n";
        };
    return "v=0\r\no=- "
        + id
        + " 1 IN IP4 0.0.0.0\r\ns="
        + camera
        + "\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=tool:Kydai\r\na=control:*\r\na=range:npt=now-\r\nm=video 0 RTP/AVP "
        + type
        + "\r\n"
        + media
        + "a=framesize:"
        + type
        + " "
        + parameters.width()
        + "-"
        + parameters.height()
        + "\r\na=control:"
        + StreamAddress.TRACK
        + "\r\n";
  }

  private static String h264(CodecParameters parameters) {
    byte[] sps = parameters.sequenceParameterSets().get(0);
    String profile = String.format("%02x%02x%02x", sps[1] & 0xff, sps[2] & 0xff, sps[3] & 0xff);
    return "a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;profile-level-id="
        + profile
        + ";sprop-parameter-sets="
        + base64(parameters.parameterSets())
        + "\r\n";
  }

  private static String h265(CodecParameters parameters) {
    return "a=rtpmap:96 H265/90000\r\na=fmtp:96 sprop-vps="
        + base64(parameters.videoParameterSets())
        + ";sprop-sps="
        + base64(parameters.sequenceParameterSets())
        + ";sprop-pps="
        + base64(parameters.pictureParameterSets())
        + "\r\n";
  }

  private static String base64(List<byte[]> sets) {
    return sets.stream()
        .map(set -> Base64.getEncoder().encodeToString(set))
        .collect(Collectors.joining(","));
  }
}
