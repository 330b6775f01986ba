package io.kydai.ingest.onvif;

import io.kydai.ingest.onvif.OnvifEvent.Kind;
import io.kydai.ingest.onvif.soap.Soap;
import io.kydai.ingest.onvif.soap.XmlElement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the events in a response to PullMessages (ONVIF Core, section 9; topics of the Imaging and
 * Analytics specifications). Other topics are ignored, and at most 256 events of a response are
 * read.
 */
public final class EventReader {
  private static final int MAX_EVENTS = 256;

  private EventReader() {}

  /** Returns the events in a {@code PullMessagesResponse}, in its order. */
  public static List<OnvifEvent> read(XmlElement answer) {
    return answer
        .children("NotificationMessage")
        .limit(MAX_EVENTS)
        .flatMap(one -> event(one).stream())
        .toList();
  }

  private static Optional<OnvifEvent> event(XmlElement notification) {
    Optional<XmlElement> message = notification.at("Message", "Message");
    return notification
        .textAt("Topic")
        .flatMap(EventReader::kind)
        .flatMap(kind -> message.flatMap(found -> event(kind, found)));
  }

  private static Optional<OnvifEvent> event(Kind kind, XmlElement message) {
    String operation = message.attribute("PropertyOperation").orElse("");
    Optional<Boolean> active =
        operation.equals("Deleted")
            ? Optional.of(false)
            : items(message, "Data")
                .flatMap(item -> item.attribute("Value").flatMap(OnvifText::flag).stream())
                .findFirst();
    return active.map(
        is ->
            new OnvifEvent(
                kind,
                is,
                operation.equals("Initialized"),
                items(message, "Source")
                    .flatMap(item -> item.attribute("Value").stream())
                    .findFirst()
                    .map(Soap::shown)
                    .orElse(null),
                message.attribute("UtcTime").flatMap(EventReader::time).orElse(null)));
  }

  private static Stream<XmlElement> items(XmlElement message, String part) {
    return message.at(part).stream().flatMap(found -> found.children("SimpleItem"));
  }

  /**
   * Returns the kind of event that a topic such as {@code tns1:VideoSource/MotionAlarm} stands for;
   * empty for other topics. The namespace prefixes are ignored, because makers choose them freely.
   */
  private static Optional<Kind> kind(String topic) {
    String path = topic.replaceAll("[A-Za-z0-9_.-]{1,40}:", "");
    if (path.matches("RuleEngine/(CellMotionDetector|MotionRegionDetector)/Motion")
        || path.equals("VideoSource/MotionAlarm")) {
      return Optional.of(Kind.MOTION);
    } else if (path.startsWith("VideoSource/GlobalSceneChange/")
        || path.equals("RuleEngine/TamperDetector/Tamper")) {
      return Optional.of(Kind.TAMPER);
    } else if (path.startsWith("VideoSource/ImageTooDark/")) {
      return Optional.of(Kind.TOO_DARK);
    } else if (path.startsWith("VideoSource/ImageTooBright/")) {
      return Optional.of(Kind.TOO_BRIGHT);
    } else if (path.startsWith("VideoSource/ImageTooBlurry/")) {
      return Optional.of(Kind.TOO_BLURRY);
    } else if (path.equals("VideoSource/SignalLoss")
        || path.equals("VideoSource/ConnectionFailed")) {
      return Optional.of(Kind.SIGNAL_LOST);
    }
    return Optional.empty();
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
