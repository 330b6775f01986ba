package io.kydai.ingest.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kydai.ingest.onvif.EventReader;
import io.kydai.ingest.onvif.discovery.ProbeMessages;
import java.net.InetAddress;

/** Whatever a device answers, it is read within bounds or refused. */
class XmlFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void answer(byte[] input) {
    try {
      EventReader.read(XmlReader.read(input))
          .forEach(event -> assertThat(event.kind()).isNotNull());
    } catch (MalformedXmlException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "1m")
  void probeMatches(byte[] input) {
    try {
      new ProbeMessages()
          .matches(input, InetAddress.getLoopbackAddress())
          .forEach(device -> assertThat(device.address()).isNotNull());
    } catch (MalformedXmlException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
