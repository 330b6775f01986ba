package io.kydai.ingest.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.onvif.OnvifEvent.Kind;
import io.kydai.ingest.onvif.soap.XmlReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
  private static List<OnvifEvent> read(String topic, String message) throws Exception {
    return EventReader.read(
        XmlReader.read(
            ("<R><NotificationMessage><Topic>%s</Topic><Message>%s</Message>"
                    + "</NotificationMessage></R>")
                .formatted(topic, message)
                .getBytes(UTF_8)));
  }

  private static String message(String operation, String value) {
    return "<Message UtcTime='2026-11-23T02:00:00.5+07:00' PropertyOperation='"
        + operation
        + "'><Source><SimpleItem Name='Rule' Value='r1'/></Source><Data>"
        + "<SimpleItem Name='Level' Value='high'/><SimpleItem Name='State' Value='"
        + value
        + "'/></Data></Message>";
  }

  @ParameterizedTest
  @CsvSource({
    "tns1:RuleEngine/CellMotionDetector/Motion, MOTION",
    "x:RuleEngine/x:MotionRegionDetector/x:Motion, MOTION",
    "tns1:VideoSource/MotionAlarm, MOTION",
    "VideoSource/GlobalSceneChange/AnalyticsService, TAMPER",
    "tns1:RuleEngine/TamperDetector/Tamper, TAMPER",
    "tns1:VideoSource/ImageTooDark/ImagingService, TOO_DARK",
    "tns1:VideoSource/ImageTooBright/ImagingService, TOO_BRIGHT",
    "tns1:VideoSource/ImageTooBlurry/RecordingService, TOO_BLURRY",
    "tns1:VideoSource/SignalLoss, SIGNAL_LOST",
  })
  void topicsThatAreKnown(String topic, Kind kind) throws Exception {
    OnvifEvent event = read(topic, message("Changed", "true")).get(0);

    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.active()).isTrue();
    assertThat(event.initial()).isFalse();
    assertThat(event.source()).isEqualTo("r1");
    assertThat(event.cameraTime()).isEqualTo("2026-11-22T19:00:00.5Z");
  }

  @Test
  void whatBeganEarlierAndWhatIsOver() throws Exception {
    String motion = "tns1:VideoSource/MotionAlarm";

    assertThat(read(motion, message("Initialized", "1")).get(0).initial()).isTrue();
    assertThat(read(motion, message("Changed", "0")).get(0).active()).isFalse();
    assertThat(read(motion, message("Deleted", "true")).get(0).active()).isFalse();
  }

  @Test
  void whatSaysNothingIsNoEvent() throws Exception {
    assertThat(read("tns1:Device/Trigger/Relay", message("Changed", "true"))).isEmpty();
    assertThat(read("tns1:VideoSource/MotionAlarm", message("Changed", "maybe"))).isEmpty();
    assertThat(read("tns1:VideoSource/MotionAlarm", "")).isEmpty();
    assertThat(
            read("tns1:VideoSource/MotionAlarm", message("Changed", "1").replace("T02", "?"))
                .get(0)
                .cameraTime())
        .isNull();
  }
}
