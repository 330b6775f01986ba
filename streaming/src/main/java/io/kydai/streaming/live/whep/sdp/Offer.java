package io.kydai.streaming.live.whep.sdp;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.whep.dtls.Fingerprint;
import io.kydai.streaming.live.whep.ice.IceCredentials;
import io.kydai.streaming.live.whep.rtp.HeaderExtensions;
import io.kydai.streaming.live.whep.sdp.Description.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a client offers to receive, as far as it can be met. */
public final class Offer {
  private static final String PROTOCOL = "TLS/RTP/SAVPF";
  private static final int MAX_CREDENTIAL = 256;
  private static final int MIN_PASSWORD = 22;
  private static final int MIN_NAME = 4;

  private final List<Section> sections;
  private final Section video;
  private final IceCredentials ice;
  private final Fingerprint fingerprint;
  private final List<H264Format> formats;
  private final List<String> bundle;

  private Offer(
      List<Section> sections,
      Section video,
      IceCredentials ice,
      Fingerprint fingerprint,
      List<H264Format> formats,
      List<String> bundle) {
    this.sections = sections;
    this.video = video;
    this.ice = ice;
    this.fingerprint = fingerprint;
    this.formats = formats;
    this.bundle = bundle;
  }

  /**
   * Reads an offer.
   *
   * @throws UnusableOfferException where it lacks what a session needs
   */
  public static Offer parse(String text) throws UnusableOfferException {
    if (!text.startsWith("v=0")) {
      throw new UnusableOfferException("v=", "Expected: a session description, version 0.");
    }
    Description description = Description.parse(text);
    Section session = description.session();
    Section video = video(description);
    List<String> bundle = bundle(session, video);
    if (!video.has("rtcp-mux")) {
      throw new UnusableOfferException("a=rtcp-mux", "Video needs 'a=rtcp-mux'.");
    }
    if (video.has("sendonly") || video.has("inactive")) {
      throw new UnusableOfferException("a=recvonly", "Video has to be received: 'a=recvonly'.");
    }
    String setup = either(video, session, "setup").orElse("actpass");
    if (!setup.equals("actpass") && !setup.equals("active")) {
      throw new UnusableOfferException(
          "a=setup", "The client has to begin DTLS: 'actpass' or 'active'.");
    }
    Fingerprint fingerprint =
        Stream.concat(video.all("fingerprint"), session.all("fingerprint"))
            .map(Fingerprint::parse)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(
                () ->
                    new UnusableOfferException(
                        "a=fingerprint", "A fingerprint is needed, by SHA-256 at least."));
    return new Offer(
        description.media(),
        video,
        credentials(video, session),
        fingerprint,
        formats(video),
        bundle);
  }

  private static Section video(Description description) throws UnusableOfferException {
    for (Section section : description.media()) {
      String[] head = section.head().split(" ");
      if (head.length >= 4 && head[0].equals("video")) {
        if (!head[2].endsWith(PROTOCOL)) {
          throw new UnusableOfferException("m=video", "Expected: UDP/" + PROTOCOL + ".");
        }
        if (section.first("mid").isEmpty()) {
          throw new UnusableOfferException("a=mid", "Video needs 'a=mid'.");
        }
        return section;
      }
    }
    throw new UnusableOfferException("m=video", "There is no video in it.");
  }

  /** The sections that share video's way. */
  private static List<String> bundle(Section session, Section video) throws UnusableOfferException {
    String mid = video.first("mid").orElse("");
    return session
        .all("group")
        .filter(group -> group.startsWith("BUNDLE "))
        .map(group -> List.of(group.substring("BUNDLE ".length()).split(" ")))
        .filter(mids -> mids.contains(mid))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableOfferException(
                    "a=group", "Video has to be in a bundle: 'a=group:BUNDLE'."));
  }

  private static Optional<String> either(Section video, Section session, String name) {
    return video.first(name).or(() -> session.first(name));
  }

  private static IceCredentials credentials(Section video, Section session)
      throws UnusableOfferException {
    String name = either(video, session, "ice-ufrag").orElse("");
    String password = either(video, session, "ice-pwd").orElse("");
    if (name.length() < MIN_NAME || name.length() > MAX_CREDENTIAL) {
      throw new UnusableOfferException("a=ice-ufrag", "Expected: 4 to 256 characters.");
    }
    if (password.length() < MIN_PASSWORD || password.length() > MAX_CREDENTIAL) {
      throw new UnusableOfferException("a=ice-pwd", "Expected: 22 to 256 characters.");
    }
    return new IceCredentials(name, password);
  }

  private static List<H264Format> formats(Section video) throws UnusableOfferException {
    Map<String, String> encodings = byPayloadType(video, "rtpmap");
    Map<String, String> parameters = byPayloadType(video, "fmtp");
    Map<String, Integer> retransmissions = new HashMap<>();
    encodings.forEach(
        (type, encoding) -> {
          String apt = parameters.getOrDefault(type, "");
          if (encoding.equalsIgnoreCase("rtx/90000") && apt.startsWith("apt=")) {
            retransmissions.put(apt.substring(4).split(";")[0].strip(), Integer.valueOf(type));
          }
        });
    List<H264Format> found =
        Arrays.stream(video.head().split(" "))
            .skip(3)
            .filter(type -> encodings.getOrDefault(type, "").equalsIgnoreCase("H264/90000"))
            .map(
                type ->
                    H264Format.of(
                        Integer.parseInt(type),
                        parameters.getOrDefault(type, ""),
                        retransmissions.getOrDefault(type, -1)))
            .filter(H264Format::isFragmented)
            .toList();
    if (found.isEmpty()) {
      throw new UnusableOfferException(
          "a=rtpmap", "It has no H264/90000 with packetization-mode=1.");
    }
    return found;
  }

  /** What attributes say of payload types; others than 0 to 127 are left out. */
  private static Map<String, String> byPayloadType(Section video, String name) {
    return video
        .all(name)
        .map(value -> value.split(" ", 2))
        .filter(pair -> pair.length == 2 && pair[0].matches("[0-9]{1,2}|1[01][0-9]|12[0-7]"))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip(), (one, two) -> one));
  }

  /** The names of the client's own checks. */
  public IceCredentials ice() {
    return ice;
  }

  /** That of the client's certificate. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  List<Section> sections() {
    return sections;
  }

  Section video() {
    return video;
  }

  /** Whether a section is in the answer's bundle: of RTP, and in the offer's. */
  boolean isBundled(Section section) {
    String[] head = section.head().split(" ");
    return head.length >= 4
        && head[2].endsWith(PROTOCOL)
        && section.first("mid").filter(bundle::contains).isPresent();
  }

  /**
   * Chooses how a stream is sent.
   *
   * @param sequenceParameterSet of the stream, with its header byte; at least 4 bytes
   * @throws UnusableOfferException where the client decodes no such profile
   */
  public Chosen choose(byte[] sequenceParameterSet) throws UnusableOfferException {
    int profile = (sequenceParameterSet[1] & 0xff) << 8 | sequenceParameterSet[2] & 0xff;
    int level = sequenceParameterSet[3] & 0xff;
    H264Format best = null;
    for (H264Format one : formats) {
      int distance = one.distance(profile);
      if (distance >= 0 && (best == null || distance < best.distance(profile))) {
        best = one;
      }
    }
    if (best == null) {
      throw new UnusableOfferException(
          "profile-level-id",
          String.format("The camera sends the profile %04x, which is not in it.", profile));
    }
    String type = String.valueOf(requireNonNull(best).payloadType());
    int number = extension(HeaderExtensions.TRANSPORT_NUMBER);
    List<String> feedback =
        video
            .all("rtcp-fb")
            .filter(one -> one.startsWith(type + " ") || one.startsWith("* "))
            .map(one -> one.substring(one.indexOf(' ') + 1))
            .filter(Chosen.FEEDBACK::contains)
            .filter(one -> number != 0 || !one.equals(Chosen.TRANSPORT_WIDE))
            .distinct()
            .toList();
    return new Chosen(
        best.payloadType(),
        best.retransmission(),
        best.answered(level),
        feedback,
        new HeaderExtensions(
            extension(HeaderExtensions.PLAYOUT_DELAY),
            extension(HeaderExtensions.ABSOLUTE_SEND_TIME),
            feedback.contains(Chosen.TRANSPORT_WIDE) ? number : 0));
  }

  /** The number of a header's extension; 0 where it is not offered with one byte's header. */
  private int extension(String uri) {
    return video
        .all("extmap")
        .map(value -> value.split(" "))
        .filter(parts -> parts.length >= 2 && parts[1].equals(uri))
        .map(parts -> parts[0].split("/")[0])
        .filter(number -> number.matches("[1-9]|1[0-4]"))
        .map(Integer::valueOf)
        .findFirst()
        .orElse(0);
  }
}
