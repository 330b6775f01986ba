package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.OnvifClient;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CollectedStatuses;
import io.kydai.ingest.tls.TlsTrust;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses that no camera has are not connected to, in whatever way they come up. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RefusedAddressTest {
  private static final CameraId CAMERA = new CameraId("forged");
  private static final String REFUSED = "is not connected to: its address is none";

  private final CollectedStatuses statuses = new CollectedStatuses();

  private String error(CameraSource source, NameServer names) throws Exception {
    try (Ingest ingest =
        new Ingest(
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            statuses,
            IngestSettings.DEFAULT,
            new SingletonDnsServerAddressStreamProvider(names.address()))) {
      ingest.add(source);
      return statuses.await(CAMERA, CameraState.BACKING_OFF).lastError().orElseThrow();
    }
  }

  @Test
  void an_address_of_a_clouds_metadata_is_not_connected_to() throws Exception {
    try (NameServer names = new NameServer(1)) {
      assertThat(error(CameraSource.of(CAMERA, "rtsp://169.254.169.254:80/latest"), names))
          .contains(REFUSED);
    }
  }

  @Test
  void a_redirection_does_not_lead_there() throws Exception {
    try (NameServer names = new NameServer(1);
        ScriptedCamera camera =
            new ScriptedCamera(
                one -> one.answer("302 Found", "Location: rtsp://169.254.169.254:80/\r\n", ""))) {
      assertThat(error(CameraSource.of(CAMERA, camera.url()), names))
          .startsWith("the camera, redirected to 169.254.169.254:80,")
          .contains(REFUSED);
    }
  }

  @Test
  void a_name_that_turns_into_this_machine_is_not_asked_by_http() throws Exception {
    try (NameServer names = new NameServer(1);
        ScriptedCamera service = new ScriptedCamera(one -> one.awaitEnd())) {
      names.set("rebinds.example", 1);
      CameraSource source =
          CameraSource.of(CAMERA, service.url().replace("127.0.0.1", "rebinds.example"));
      assertThat(error(source.over(Transport.HTTP), names)).contains(REFUSED);
      assertThat(service.requests()).isEmpty();
    }
  }

  @Test
  void what_answers_in_another_language_is_not_quoted() throws Exception {
    try (NameServer names = new NameServer(1);
        ScriptedCamera service =
            new ScriptedCamera(
                one -> {
                  one.request();
                  one.send("-ERR the secret is 42\r\n");
                  one.awaitEnd();
                })) {
      assertThat(error(CameraSource.of(CAMERA, service.url()), names))
          .contains("something else than RTSP")
          .doesNotContain("ERR")
          .doesNotContain("2d45");
    }
  }

  @Test
  void onvif_does_not_ask_there_either() {
    try (OnvifClient client = new OnvifClient(Clock.systemUTC())) {
      DeviceAccess access =
          new DeviceAccess(URI.create("http://169.254.169.254/latest"), null, TlsTrust.PLATFORM);
      assertThatThrownBy(() -> client.connect(access).get(30, TimeUnit.SECONDS))
          .hasMessageContaining(REFUSED);
    }
  }
}
