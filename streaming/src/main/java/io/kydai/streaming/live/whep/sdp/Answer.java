package io.kydai.streaming.live.whep.sdp;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.whep.dtls.Fingerprint;
import io.kydai.streaming.live.whep.ice.IceCredentials;
import io.kydai.streaming.live.whep.rtp.HeaderExtensions;
import io.kydai.streaming.live.whep.sdp.Description.Section;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the answer to an offer (RFC 8829, section 5.3): one video stream that is sent, by a lite
 * agent with host candidates. Another section of RTP in the bundle stays idle, because the offer's
 * first one bears the way of all and browsers do not let it go; every other section is refused.
 */
public final class Answer {
  /** RFC 8445, section 5.1.2.1: a host candidate of the only component. */
  private static final int TYPE_PREFERENCE = 126;

  /** UDP is better wherever it passes (RFC 6544, section 4.2). */
  private static final int TCP_TYPE_PREFERENCE = 90;

  /** The direction's preference of a passive candidate, 4, and the best of the other ones. */
  private static final int TCP_PASSIVE = (4 << 13) + 8_191;

  private static final int COMPONENT = 1;

  private final IceCredentials ice;
  private final Fingerprint fingerprint;
  private final List<InetSocketAddress> candidates;
  private final boolean tcp;

  /**
   * @param ice the server's, of this session
   * @param fingerprint of the server's certificate
   * @param candidates where the server is, by UDP, the best first
   * @param tcp whether it is there by TCP, too
   */
  public Answer(
      IceCredentials ice,
      Fingerprint fingerprint,
      List<InetSocketAddress> candidates,
      boolean tcp) {
    this.ice = requireNonNull(ice);
    this.fingerprint = requireNonNull(fingerprint);
    this.candidates = List.copyOf(candidates);
    this.tcp = tcp;
  }

  /**
   * The sources of a stream.
   *
   * @param name {@code CNAME}
   */
  public record Sources(int media, int retransmission, String name) {}

  /**
   * @param number tells this session's description from others
   */
  public String text(Offer offer, Chosen chosen, Sources sources, long number) {
    Lines lines = new Lines();
    String mid = offer.video().first("mid").orElse("");
    lines.add("v=0");
    lines.add("o=- " + number + " 1 IN IP4 127.0.0.1");
    lines.add("s=-");
    lines.add("t=0 0");
    lines.add("a=ice-lite");
    lines.add(
        "a=group:BUNDLE "
            + offer.sections().stream()
                .filter(offer::isBundled)
                .map(section -> section.first("mid").orElse(""))
                .collect(Collectors.joining(" ")));
    lines.add("a=msid-semantic: WMS *");
    for (Section section : offer.sections()) {
      if (section == offer.video()) {
        video(lines, offer.video().head(), mid, chosen, sources);
      } else if (offer.isBundled(section)) {
        idle(lines, section);
      } else {
        refused(lines, section);
      }
    }
    return lines.text();
  }

  private void video(Lines lines, String head, String mid, Chosen chosen, Sources sources) {
    String type = String.valueOf(chosen.payloadType());
    String types = chosen.hasRetransmission() ? type + " " + chosen.retransmission() : type;
    lines.add("m=video 9 " + head.split(" ")[2] + " " + types);
    lines.add("c=IN IP4 0.0.0.0");
    lines.add("a=mid:" + mid);
    lines.add("a=sendonly");
    lines.add("a=rtcp-rsize");
    way(lines);
    lines.add("a=rtpmap:" + type + " H264/90000");
    lines.add("a=fmtp:" + type + " " + chosen.parameters());
    for (String kind : chosen.feedback()) {
      lines.add("a=rtcp-fb:" + type + " " + kind);
    }
    if (chosen.hasRetransmission()) {
      lines.add("a=rtpmap:" + chosen.retransmission() + " rtx/90000");
      lines.add("a=fmtp:" + chosen.retransmission() + " apt=" + type);
    }
    extension(lines, chosen.extensions().playoutDelay(), HeaderExtensions.PLAYOUT_DELAY);
    extension(lines, chosen.extensions().absoluteSendTime(), HeaderExtensions.ABSOLUTE_SEND_TIME);
    extension(lines, chosen.extensions().transportNumber(), HeaderExtensions.TRANSPORT_NUMBER);
    String media = Integer.toUnsignedString(sources.media());
    lines.add("a=msid:" + sources.name() + " video");
    if (chosen.hasRetransmission()) {
      String again = Integer.toUnsignedString(sources.retransmission());
      lines.add("a=ssrc-group:FID " + media + " " + again);
      lines.add("a=ssrc:" + media + " cname:" + sources.name());
      lines.add("a=ssrc:" + again + " cname:" + sources.name());
    } else {
      lines.add("a=ssrc:" + media + " cname:" + sources.name());
    }
  }

  /** How all sections of the bundle are sent. */
  private void way(Lines lines) {
    lines.add("a=rtcp-mux");
    names(lines);
    byUdpAndTcp(lines);
    lines.add("a=fingerprint:" + fingerprint);
    lines.add("a=setup:passive");
  }

  private void idle(Lines lines, Section section) {
    String[] head = section.head().split(" ");
    lines.add("m=" + head[0] + " 9 " + head[2] + " " + head[3]);
    lines.add("c=IN IP4 0.0.0.0");
    lines.add("a=mid:" + section.first("mid").orElse(""));
    lines.add("a=inactive");
    way(lines);
    section
        .all("rtpmap")
        .filter(map -> map.startsWith(head[3] + " "))
        .forEach(map -> lines.add("a=rtpmap:" + map));
  }

  private static void extension(Lines lines, int number, String uri) {
    if (number != 0) {
      lines.add("a=extmap:" + number + " " + uri);
    }
  }

  /** RFC 3264, section 6: the port 0, with at least one of the formats. */
  private static void refused(Lines lines, Section section) {
    String[] head = section.head().split(" ");
    if (head.length >= 4) {
      lines.add("m=" + head[0] + " 0 " + head[2] + " " + head[3]);
      lines.add("c=IN IP4 0.0.0.0");
      section.first("mid").ifPresent(mid -> lines.add("a=mid:" + mid));
      lines.add("a=inactive");
    }
  }

  /**
   * Returns the answer to an ICE restart (RFC 9725, section 4.3.1): names and candidates only,
   * those of UDP. whip-whep 1.2.0 cannot take several: it writes commas between them.
   */
  public String fragment() {
    Lines lines = new Lines();
    lines.add("a=ice-lite");
    names(lines);
    byUdp(lines);
    lines.add("a=end-of-candidates");
    return lines.text();
  }

  private void names(Lines lines) {
    lines.add("a=ice-ufrag:" + ice.name());
    lines.add("a=ice-pwd:" + ice.password());
  }

  /** Returns the number that the next candidate's foundation has. */
  private int byUdp(Lines lines) {
    int local = 65_535;
    int foundation = 1;
    for (InetSocketAddress at : candidates) {
      candidate(lines, foundation++, "udp", TYPE_PREFERENCE, local--, at, "");
    }
    return foundation;
  }

  private void byUdpAndTcp(Lines lines) {
    int foundation = byUdp(lines);
    int local = TCP_PASSIVE;
    for (InetSocketAddress at : tcp ? candidates : List.<InetSocketAddress>of()) {
      candidate(lines, foundation++, "tcp", TCP_TYPE_PREFERENCE, local--, at, " tcptype passive");
    }
    lines.add("a=end-of-candidates");
  }

  private static void candidate(
      Lines lines,
      int foundation,
      String transport,
      int type,
      int local,
      InetSocketAddress at,
      String more) {
    long priority = (long) type << 24 | (long) local << 8 | 256 - COMPONENT;
    lines.add(
        "a=candidate:%d %d %s %d %s %d typ host%s"
            .formatted(
                foundation,
                COMPONENT,
                transport,
                priority,
                at.getAddress().getHostAddress(),
                at.getPort(),
                more));
  }

  private static final class Lines {
    private final StringBuilder text = new StringBuilder();

    void add(String line) {
      text.append(line).append("\r\n");
    }

    String text() {
      return text.toString();
    }
  }
}
