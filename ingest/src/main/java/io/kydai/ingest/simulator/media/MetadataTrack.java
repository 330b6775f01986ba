package io.kydai.ingest.simulator.media;

import io.kydai.ingest.media.MediaTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An ONVIF metadata stream (ONVIF Streaming Specification, section 5.2.1.1) with one document per
 * second, which alternately reports motion and no motion.
 */
public final class MetadataTrack implements SimulatedTrack {
  private static final int TYPE = 107;

  @Override
  public int payloadType() {
    return TYPE;
  }

  @Override
  public int clockRate() {
    return MediaTime.TICKS_PER_SECOND;
  }

  @Override
  public double rate() {
    return 1;
  }

  @Override
  public boolean marks() {
    return true;
  }

  @Override
  public List<String> description() {
    return List.of(
        "m=application 0 RTP/AVP " + TYPE, "a=rtpmap:" + TYPE + " vnd.onvif.metadata/90000");
  }

  @Override
  public MediaUnit unit(long index) {
    String document =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<tt:MetadataStream xmlns:tt=\"http://www.onvif.org/ver10/schema\""
            + " xmlns:wsnt=\"http://docs.oasis-open.org/wsn/b-2\""
            + " xmlns:tns1=\"http://www.onvif.org/ver10/topics\"><tt:Event>"
            + "<wsnt:NotificationMessage><wsnt:Topic Dialect="
            + "\"http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet\">"
            + "tns1:VideoSource/MotionAlarm</wsnt:Topic><wsnt:Message><tt:Message UtcTime=\""
            + Instant.now().truncatedTo(ChronoUnit.MILLIS)
            + "\" PropertyOperation=\"Changed\"><tt:Source>"
            + "<tt:SimpleItem Name=\"Source\" Value=\"video\"/></tt:Source><tt:Data>"
            + "<tt:SimpleItem Name=\"State\" Value=\""
            + (index % 2 == 0)
            + "\"/></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage></tt:Event>"
            + "</tt:MetadataStream>";
    return new MediaUnit(List.of(document.getBytes(StandardCharsets.UTF_8)), true, 0);
  }
}
