package io.kydai.ingest.simulator.media;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pictures of a clip as RTP payloads, which all cameras with the clip share. */
public final class PacketizedClip {
  private static final int DYNAMIC_TYPE = 96;
  private static final int JPEG_TYPE = 26;

  private final Clip clip;
  private final Packetization how;
  private final List<MediaUnit> units;

  /**
   * Puts the pictures of a clip into payloads.
   *
   * @throws IllegalArgumentException when a picture cannot be sent in this way
   */
  public PacketizedClip(Clip clip, Packetization how) {
    this.clip = clip;
    this.how = how;
    Function<List<byte[]>, List<byte[]>> payloads =
        switch (clip.format()) {
          case H264 -> parts -> H264Payloads.of(parts, how);
          case H265 -> new H265Payloads(how)::of;
          case MJPEG -> parts -> JpegPayloads.of(parts.get(0), how);
        };
    List<MediaUnit> cut = new ArrayList<>();
    for (int i = 0; i < clip.length(); i++) {
      Clip.Picture picture = clip.picture(i);
      int reorder = picture.reorder() - clip.delay();
      cut.add(new MediaUnit(payloads.apply(picture.parts()), picture.key(), reorder));
    }
    this.units = List.copyOf(cut);
  }

  /** Returns the picture at an index of the endless loop. */
  public MediaUnit unit(long index) {
    return units.get((int) (index % units.size()));
  }

  /** Returns the RTP payload type. */
  public int payloadType() {
    return clip.format() == Clip.Format.MJPEG ? JPEG_TYPE : DYNAMIC_TYPE;
  }

  /** Returns the lines of the SDP's {@code m=} section, without the control attribute. */
  public List<String> description() {
    List<String> lines = new ArrayList<>(format());
    // Most cameras offer this feedback although their profile is AVP (RFC 4585, RFC 5104).
    lines.add("a=rtcp-fb:" + payloadType() + " nack pli");
    lines.add("a=rtcp-fb:" + payloadType() + " ccm fir");
    return List.copyOf(lines);
  }

  private List<String> format() {
    String type = " " + payloadType();
    return switch (clip.format()) {
      case H264 ->
          List.of(
              "m=video 0 RTP/AVP" + type,
              "a=rtpmap:96 H264/90000",
              "a=fmtp:96 packetization-mode="
                  + (how.fragments() ? 1 : 0)
                  + ";profile-level-id="
                  + HexFormat.of().formatHex(sets(nal -> (nal[0] & 0x1f) == 7).get(0), 1, 4)
                  + ";sprop-parameter-sets="
                  + base64(nal -> (nal[0] & 0x1f) == 7 || (nal[0] & 0x1f) == 8));
      case H265 ->
          List.of(
              "m=video 0 RTP/AVP" + type,
              "a=rtpmap:96 H265/90000",
              "a=fmtp:96 sprop-vps="
                  + base64(nal -> H265Grammar.type(nal) == 32)
                  + ";sprop-sps="
                  + base64(nal -> H265Grammar.type(nal) == 33)
                  + ";sprop-pps="
                  + base64(nal -> H265Grammar.type(nal) == 34)
                  + (how.decodingOrderNumbers()
                      ? ";sprop-max-don-diff=1;sprop-depack-buf-nalus=1"
                      : ""));
      case MJPEG -> List.of("m=video 0 RTP/AVP" + type, "a=rtpmap:26 JPEG/90000");
    };
  }

  private List<byte[]> sets(Function<byte[], Boolean> wanted) {
    return clip.picture(0).parts().stream().filter(wanted::apply).toList();
  }

  private String base64(Function<byte[], Boolean> wanted) {
    return sets(wanted).stream()
        .map(Base64.getEncoder()::encodeToString)
        .collect(Collectors.joining(","));
  }
}
