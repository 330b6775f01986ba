package io.kydai.ingest.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.tls.TlsTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraSourceTest {
  private static final CameraId ID = new CameraId("gate");

  @Test
  void userAndPasswordAreTakenOutOfTheAddress() {
    CameraSource source = CameraSource.of(ID, "RTSP://me:p%40ss:word@[::1]:8554/a%20b?c=d");
    assertThat(source.address()).hasToString("rtsp://[::1]:8554/a%20b?c=d");
    assertThat(source.credentials())
        .hasValue(new CameraSource.Credentials("me", "p@ss:word"))
        .hasToString("Optional[Credentials[hidden]]");
    assertThat(CameraSource.of(ID, "rtsp://me@host/").credentials())
        .hasValue(new CameraSource.Credentials("me", ""));
    assertThat(CameraSource.of(ID, "rtsp://host").credentials()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://me:hidden@host/, an address such as rtsp://host:554/path is needed",
    "rtsp://me:hidden@host:65536/, a port from 1 to 65535 is needed",
    "rtsp://me:hidden@host:0/, a port from 1 to 65535 is needed",
    "rtsp:hidden, an address such as rtsp://host:554/path is needed",
    "hidden, an address such as rtsp://host:554/path is needed",
    "rtsp://me:hid@den@host/, such as @ as %40 and # as %23",
    "rtsp://me:12#hidden@host/, such as @ as %40 and # as %23",
    "rtsp://me:hid den@host/, such as @ as %40 and # as %23",
    "rtsp://me:hid%zen@host/, such as @ as %40 and # as %23",
  })
  void aWrongAddressIsExplainedWithoutBeingRepeated(String url, String explanation) {
    assertThatThrownBy(() -> CameraSource.of(ID, url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(explanation)
        .message()
        .doesNotContain("me:", "hid", "den@", "zen", "12");
  }

  @Test
  void encryptedAddressesAreKeptSoAndTheirPicturesToo() {
    CameraSource source = CameraSource.of(ID, "RTSPS://me:word@host/a");
    assertThat(source.address()).hasToString("rtsps://host/a");
    assertThat(source.transport()).isEqualTo(Transport.AUTO);
    assertThatThrownBy(() -> source.over(Transport.UDP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("would not be encrypted");
    assertThat(source.over(Transport.HTTP).transport()).isEqualTo(Transport.HTTP);
  }

  @Test
  void aCertificateIsAskedForOverTlsOnly() {
    TlsTrust pinned = new TlsTrust.Fingerprint("AB:".repeat(31) + "ab");
    assertThat(pinned).isEqualTo(new TlsTrust.Fingerprint("ab".repeat(32)));
    assertThat(CameraSource.of(ID, "rtsps://host/").trusting(pinned).trust()).isEqualTo(pinned);
    assertThatThrownBy(() -> CameraSource.of(ID, "rtsp://host/").trusting(pinned))
        .hasMessageContaining("with rtsps:// only");
    assertThatThrownBy(() -> new TlsTrust.Fingerprint("abc"))
        .hasMessageContaining("64 hexadecimal digits");
    assertThatThrownBy(() -> TlsTrust.Authorities.of("hello".getBytes(US_ASCII)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TlsTrust.Authorities.of(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
